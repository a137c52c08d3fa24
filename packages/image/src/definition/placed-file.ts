/** A file to place in the image. */
export interface PlacedFile {
  readonly path: string;
  readonly content: Uint8Array;
  /** Octal. */
  readonly mode: string;
  readonly owner: string;
  readonly group: string;
}
