declare module 'parse-prometheus-text-format' {
  /** The families of a scrape. */
  export default function parsePrometheusTextFormat(text: string): unknown[];
}
