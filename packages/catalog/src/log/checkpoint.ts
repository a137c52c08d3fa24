import { UserError } from '@golden-image/host';

/** What a log is at a size. Source: C2SP tlog-checkpoint. */
export interface Checkpoint {
  readonly origin: string;
  readonly size: number;
  readonly root: Buffer;
}

/** The text that is signed. */
export function checkpointText({ origin, size, root }: Checkpoint): string {
  return `${origin}\n${size}\n${root.toString('base64')}\n`;
}

/** @throws UserError `invalid-checkpoint` */
export function parseCheckpoint(text: string): Checkpoint {
  const match = /^([^\n]{1,200})\n(0|[1-9]\d{0,14})\n([A-Za-z0-9+/]{43}=)\n$/.exec(text);
  const root = Buffer.from(match?.[3] ?? '', 'base64');
  if (!match || root.length !== 32) {
    throw new UserError('The text of the checkpoint is not of the form origin, size, root', {
      code: 'invalid-checkpoint',
      fix: 'The log was changed or made by something else: bring back a copy.',
    });
  }
  return { origin: match[1] ?? '', size: Number(match[2]), root };
}

/** The origin of a note that nobody has verified yet: only good for choosing a key. */
export function claimedOrigin(note: string): string {
  return note.split('\n', 1)[0] ?? '';
}
