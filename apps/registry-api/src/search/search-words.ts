/**
 * A statement that adds the words of the documents in `relation` (its column `search`) to those that mistyped ones are
 * compared with. In order, so that two transactions that add the same words wait for each other and never in a circle.
 */
export function noteWords(relation: string): string {
  return `
    INSERT INTO search_words SELECT DISTINCT word FROM ${relation}, unnest(tsvector_to_array(${relation}.search)) word
    WHERE word ~ '^[a-z][a-z0-9]{2,29}$' ORDER BY word ON CONFLICT DO NOTHING`;
}
