/** A sentence in which what stands between backticks is code. */
export function CodeText({ text }: { text: string | undefined }) {
  return text?.split('`').map((part, index) =>
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a text have no other name than their place
    index % 2 === 1 ? <code key={index}>{part}</code> : part,
  );
}
