import { webAddress } from '@/lib/repository/annotations';

/** A text from an image; an address in it is a link, never fetched. */
export function LinkedText({ text }: { text: string }) {
  const address = webAddress(text);
  if (!address) return <bdi>{text}</bdi>;
  return (
    <a href={address} rel="nofollow noopener noreferrer">
      {text.replace(/^https?:\/\//i, '')}
    </a>
  );
}
