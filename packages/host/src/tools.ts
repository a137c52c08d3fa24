/** A program that a step needs on the host. */
export interface HostTool {
  /** The program's name, looked up on PATH (sbin folders included), or an absolute path of a data file. */
  readonly command: string;
  /** The Debian and Ubuntu package that brings it. */
  readonly package: string;
}

/** Brings programs onto the host. */
export interface Tools {
  /**
   * Makes sure that all `tools` are there, installing what is missing.
   *
   * @throws UserError `missing-tools` when installing is not allowed, `install-failed` when it fails
   */
  ensure(tools: readonly HostTool[]): Promise<void>;
}
