/** What every error of the project carries, so that one place can turn it into an annotation. */
export interface ErrorDetails {
  /** Stable identifier in kebab-case, e.g. `checksum-mismatch`. */
  readonly code: string;
  /** What the reader should do next, one sentence. */
  readonly fix?: string;
  /** Long explanation or tool output; shown in a log group, not in the annotation. */
  readonly detail?: string;
  readonly cause?: unknown;
}

abstract class DescribedError extends Error {
  readonly code: string;
  readonly fix: string | undefined;
  readonly detail: string | undefined;

  constructor(message: string, details: ErrorDetails) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = new.target.name;
    this.code = details.code;
    this.fix = details.fix;
    this.detail = details.detail;
  }
}

/** The input, the medium, the image or the environment is at fault: the user can put it right. */
export class UserError extends DescribedError {}

/** The project itself is at fault. */
export class InternalError extends DescribedError {}

/** A program we ran failed. `code` is the program's name; `detail` holds the end of its output. */
export class ToolError extends DescribedError {
  /** Exit status, or null when a signal ended it. */
  readonly exitCode: number | null;

  constructor(message: string, details: ErrorDetails & { readonly exitCode: number | null }) {
    super(message, details);
    this.exitCode = details.exitCode;
  }
}

/** Message, fix and detail of anything thrown; unknown errors are described as internal ones. */
export function describeError(error: unknown): {
  readonly family: 'user' | 'tool' | 'internal';
  readonly code: string;
  readonly message: string;
  readonly fix: string | undefined;
  readonly detail: string | undefined;
} {
  if (error instanceof DescribedError) {
    const family = error instanceof UserError ? 'user' : error instanceof ToolError ? 'tool' : 'internal';
    const causes = causeChain(error);
    const detail = [error.detail, causes].filter(Boolean).join('\n\n');
    return { family, code: error.code, message: error.message, fix: error.fix, detail: detail || undefined };
  }
  const message = error instanceof Error ? error.message : String(error);
  const stack = error instanceof Error ? error.stack : undefined;
  return {
    family: 'internal',
    code: 'internal',
    message,
    fix: 'This is a fault of golden-image-actions: please report it with the log.',
    detail: stack,
  };
}

function causeChain(error: Error): string {
  const lines: string[] = [];
  let cause = error.cause;
  for (let depth = 0; cause !== undefined && depth < 8; depth += 1) {
    lines.push(`caused by: ${cause instanceof Error ? cause.message : String(cause)}`);
    cause = cause instanceof Error ? cause.cause : undefined;
  }
  return lines.join('\n');
}
