import type { HostTool } from '@golden-image/host';
import type { Definition } from '../definition/schema.ts';

/** A stretch of an installation that its console tells of. */
export interface InstallerPhase {
  readonly name: string;
  readonly sign: RegExp;
}

/** How a vendor's installer is started without a person, and what its console means. */
export interface Installer {
  readonly name: string;
  /** Paths on the medium; the first that is there is taken. */
  readonly kernel: readonly string[];
  readonly initrd: readonly string[];
  /** Kernel parameters, beside the serial console. @param volumeId of the medium */
  readonly parameters: (volumeId: string) => readonly string[];
  /** The answer file. @throws UserError `invalid-definition` for what this installer cannot do */
  readonly answers: (definition: Definition) => { readonly name: string; readonly text: string };
  /** How the answers reach it: inside the initrd, or on a volume with this label. */
  readonly delivery: { readonly kind: 'initrd' } | { readonly kind: 'volume'; readonly label: string };
  /** In their order; an installation that ends before the last one has begun did not succeed. */
  readonly phases: readonly InstallerPhase[];
  /** A question that nobody will answer. */
  readonly question: RegExp;
  /** Words of the installer's own for "it failed". */
  readonly failure: RegExp;
}

/** The kernel's parser of its command line takes this for a space in a value. */
export function escapedLabel(volumeId: string): string {
  return volumeId.replaceAll(' ', '\\x20');
}

/** Beside those of `@golden-image/vm`. */
export const INSTALLER_TOOLS: readonly HostTool[] = [{ command: 'cpio', package: 'cpio' }];
