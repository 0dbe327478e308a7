// How much a comparison puts into each registry, and about how long that takes on two idle processors.

/** What a work reads, which has to be there before. @typedef {'many' | 'large' | 'blobs' | 'images'} Need */

/**
 * @typedef {object} Size
 * @property {number} tags of small manifests
 * @property {number} largeTags of manifests of 64 KiB: ten times what a process of Berth holds of them
 * @property {number} images of small layers @property {number} objectStoreImages the same on an object store
 * @property {number} mediumMib @property {number} pushedMib @property {number} largeMib of the blobs
 * @property {number} crowd clients that pull one image at once
 */

/** @type {Record<'usual' | 'quick', Size>} */
export const sizes = {
  usual: {
    ...{ tags: 10_000, largeTags: 10_240, images: 200, objectStoreImages: 50 },
    ...{ mediumMib: 100, pushedMib: 64, largeMib: 1024, crowd: 1200 },
  },
  quick: {
    ...{ tags: 500, largeTags: 1100, images: 20, objectStoreImages: 10 },
    ...{ mediumMib: 16, pushedMib: 16, largeMib: 64, crowd: 200 },
  },
};

/** @param {Size} size @param {string} store */
export function sizeOn(size, store) {
  return store === 'filesystem' ? size : { ...size, images: size.objectStoreImages };
}

/** @type {Record<Need, (size: Size) => number>} seconds to fill one way of reading one registry */
export const fillSeconds = {
  many: ({ tags }) => tags / 700,
  large: ({ largeTags }) => largeTags / 350,
  blobs: ({ mediumMib, largeMib }) => (mediumMib + largeMib) / 200,
  images: ({ images }) => images / 15,
};
