import type { DiskBus } from '@golden-image/vm';
import type { Suite } from './case.ts';
import type { Shard } from './select.ts';

/** What a run is asked to do. */
export interface FvtRequest {
  /** An image folder or a disk file. */
  readonly image: string;
  readonly suites: readonly Suite[];
  readonly cases: readonly string[];
  readonly exclude: readonly string[];
  /** A YAML profile. */
  readonly expectations: string | undefined;
  /** A folder of the user's own cases. */
  readonly userCases?: string | undefined;
  /** A YAML list of cases that may fail for a while. */
  readonly quarantine?: string | undefined;
  /** `fvt.json` of an earlier run. */
  readonly previous?: string | undefined;
  /** Debian's security tracker as JSON, or the Packages index of a security repository. */
  readonly vulnerabilities?: string | undefined;
  /** `user:password` of an account at Red Hat: a secret. */
  readonly subscription?: string | undefined;
  readonly accelerator: 'auto' | 'kvm' | 'tcg';
  readonly firmware: 'auto' | 'bios' | 'uefi' | 'all';
  /** Boot with UEFI that has keys and checks what it starts. */
  readonly secureBoot?: boolean | undefined;
  /** Give each machine a software TPM 2.0. */
  readonly tpm?: boolean | undefined;
  readonly bus: DiskBus;
  readonly memoryMib: number;
  /** Undefined: see `processorsOf`. */
  readonly cpus?: number | undefined;
  /** Machines at once; undefined: see `machinesAtOnce`. */
  readonly parallel?: number | undefined;
  readonly shard?: Shard | undefined;
  /** How often what failed is tried again. */
  readonly retries: number;
  readonly sshUser: string;
  readonly timeoutScale: number;
}
