import { abridgedDigest } from '../format/digest';

/** A tag as it is, a digest by its beginning and end. */
export function shownReference(reference: string): string {
  return reference.includes(':') ? abridgedDigest(reference) : reference;
}
