/** A console line that tells of trouble. */
export interface ConsoleFinding {
  readonly kind:
    | 'panic'
    | 'oops'
    | 'out-of-memory'
    | 'hung-task'
    | 'lockup'
    | 'failed-mount'
    | 'file-system-error'
    | 'ordering-cycle'
    | 'emergency-mode';
  readonly line: string;
}

/** In the words of the kernel (kernel/panic.c, mm/oom_kill.c, fs/ext4/super.c) and of systemd. */
const PATTERNS: readonly (readonly [ConsoleFinding['kind'], RegExp])[] = [
  ['panic', /Kernel panic - not syncing/],
  ['oops', /\b(?:Oops: |BUG: |kernel BUG at|general protection fault|Unable to handle kernel)/],
  ['out-of-memory', /Out of memory: Killed process|invoked oom-killer/],
  ['hung-task', /INFO: task .+ blocked for more than/],
  ['lockup', /soft lockup - CPU#|Watchdog detected hard LOCKUP/],
  ['failed-mount', /Failed to mount |Dependency failed for .*\.mount|unable to mount root fs/i],
  ['file-system-error', /(?:EXT4-fs error|XFS .*[Cc]orruption|BTRFS error)/],
  ['ordering-cycle', /Found ordering cycle on/],
  ['emergency-mode', /You are in emergency mode|Cannot open access to console, the root account is locked/],
];

/** What a console line says of trouble, if anything. */
export function consoleFinding(line: string): ConsoleFinding | undefined {
  const match = PATTERNS.find(([, pattern]) => pattern.test(line));
  return match ? { kind: match[0], line: line.slice(0, 400) } : undefined;
}
