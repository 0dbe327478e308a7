/** The archive of a stand-in's files; there once `makeStandIns` has run. */
export function standInArchive(name: 'base' | 'services'): string;
/** Makes those that are missing; takes some minutes. */
export function makeStandIns(): void;
