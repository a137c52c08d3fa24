const INITIAL = 64;

/** Which lines of a file can be executed, and which of them were. */
export interface Lines {
  /** Sorted, 1-based. */
  readonly covered: readonly number[];
  readonly missed: readonly number[];
}

/**
 * Lines with hits, in four bytes a record. A line that is reported again is covered if any report covers it.
 * Memory grows with the records of the report, not with the numbers that it names.
 */
export class LineHits {
  /** Line number doubled, plus one when it was hit. */
  #records = new Uint32Array(INITIAL);
  #length = 0;
  /** How many of the records are sorted and without repetition. */
  #compacted = 0;

  /** @param line 1 to 2^30 */
  add(line: number, hit: boolean): void {
    if (this.#length === this.#records.length) {
      if (this.#isWorthCompacting()) {
        this.#compact();
      }
      if (this.#length > this.#records.length / 2) {
        const larger = new Uint32Array(this.#records.length * 2);
        larger.set(this.#records);
        this.#records = larger;
      }
    }
    this.#records[this.#length] = line * 2 + (hit ? 1 : 0);
    this.#length += 1;
  }

  count(): { readonly covered: number; readonly total: number } {
    this.#compact();
    let covered = 0;
    for (let index = 0; index < this.#length; index += 1) {
      covered += (this.#records[index] ?? 0) & 1;
    }
    return { covered, total: this.#length };
  }

  /** Gives back what is not used: called when a report goes on to the next file. */
  trim(): void {
    if (!this.#isWorthCompacting()) {
      return;
    }
    this.#compact();
    if (this.#records.length > this.#length + INITIAL) {
      this.#records = this.#records.slice(0, Math.max(INITIAL, this.#length));
    }
  }

  /** All lines, or those of `among`. */
  lines(among?: (line: number) => boolean): Lines {
    this.#compact();
    const covered: number[] = [];
    const missed: number[] = [];
    for (const record of this.#records.subarray(0, this.#length)) {
      const line = record >>> 1;
      if (among === undefined || among(line)) {
        (record & 1 ? covered : missed).push(line);
      }
    }
    return { covered, missed };
  }

  /** Adds all of another. */
  merge(other: LineHits): void {
    for (const record of other.#records.subarray(0, other.#length)) {
      this.add(record >>> 1, (record & 1) === 1);
    }
  }

  /**
   * Sorting takes as long as there are records: it waits until there are half as many new ones, or a report that names
   * one file a million times would take for ever.
   */
  #isWorthCompacting(): boolean {
    return this.#length - this.#compacted >= this.#compacted / 2;
  }

  /** Sorted, one record a line; of several the hit one, which sorts last. */
  #compact(): void {
    if (this.#compacted === this.#length) {
      return;
    }
    const used = this.#records.subarray(0, this.#length).sort();
    let kept = 0;
    for (let index = 0; index < used.length; index += 1) {
      const record = used[index] ?? 0;
      const next = used[index + 1];
      if (next === undefined || next >>> 1 !== record >>> 1) {
        used[kept] = record;
        kept += 1;
      }
    }
    this.#length = kept;
    this.#compacted = kept;
  }
}
