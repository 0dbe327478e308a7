/** A source file: its path relative to the checkout and what it holds. */
export interface SourceFile {
  file: string;
  text: string;
}

/** Which source files break which rule about who may know whom, one line each. */
export function brokenBoundaries(sources: SourceFile[]): string[];

/** All source files of the checkout. */
export function readSources(): SourceFile[];
