/** A fix of the project's own, where the content has none or one that does not suit an image. */
export interface OwnFix {
  readonly reason: string;
  readonly script: string;
}

/** Runs with the first round, whatever the scan says. */
export interface Preparation extends OwnFix {
  readonly id: string;
}

export interface OwnFixes {
  readonly preparations: readonly Preparation[];
  /** By the rule's short name; goes before the content's own. */
  readonly fixes: Readonly<Record<string, OwnFix>>;
  /** Rule to why its fix is never run: it would lock maintainers out, or break the machine. The rule stays open, or is waived. */
  readonly neverFixed: Readonly<Record<string, string>>;
}
