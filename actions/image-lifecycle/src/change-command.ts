import { readFile } from 'node:fs/promises';
import path from 'node:path';
import {
  type AuditEntry,
  type Origin,
  type Outcome,
  type PublishOutcome,
  planRestore,
  planRetire,
  planTick,
  publishImage,
  recordOf,
  restoreApproval,
  type Schedule,
  updateCatalog,
  type VersionReference,
} from '@golden-image/catalog';
import { UserError } from '@golden-image/host';
import { actorOf, type Command, NO_OUTPUTS, type Outputs } from './command.ts';
import { logName } from './context.ts';
import { catalogSigner, publicKeys } from './keys.ts';
import { tellUsers } from './notify.ts';
import { changeSummary } from './summary.ts';

/** `publish`, `deprecate`, `obsolete`, `revoke`, `restore` and `tick`: what changes the catalog. */
export async function changeCommand(command: Command): Promise<Outputs> {
  const { inputs, ports, store, env } = command;
  const signer = await catalogSigner(inputs, await logName(inputs, store, env), ports.log);
  const origin = { actor: await actorOf(command), run: command.run };
  const base = { store, signer, dryRun: inputs['dry-run'] };
  const outcome = await (async (): Promise<Outcome & { readonly of?: VersionReference }> => {
    switch (inputs.command) {
      case 'publish':
        return publish(command, { ...base, ...origin });
      case 'tick':
        return updateCatalog(
          { ...base, plan: (catalog) => planTick(catalog, { ...origin, now: ports.clock.now() }) },
          ports,
        );
      case 'restore':
        return restore(command, base, origin);
      default:
        return retire(command, base, origin);
    }
  })();
  for (const note of outcome.notes) {
    ports.log.notice(note);
  }
  if (!inputs['dry-run']) {
    await tellUsers(command, outcome);
  }
  const state = stateAfter(outcome, outcome.of ?? given(inputs.image, inputs.version));
  const draft = inputs.command === 'publish' && state === 'draft';
  return {
    outputs: {
      ...NO_OUTPUTS,
      state,
      changed: outcome.entries.length > 0,
      reasons: JSON.stringify(outcome.notes),
      'log-index': outcome.entries.at(-1)?.seq,
      checkpoint: outcome.checkpoint,
    },
    summary: changeSummary(inputs.command, outcome, inputs['dry-run']),
    ...(draft
      ? {
          failure: `The image is a draft and not available yet: ${outcome.notes.join('; ')}. Audit it (harden, run-fvt, sign-image, gate-approval), then publish again.`,
        }
      : {}),
  };
}

type Base = {
  readonly store: Command['store'];
  readonly signer: Awaited<ReturnType<typeof catalogSigner>>;
  readonly dryRun: boolean;
};

async function publish(command: Command, base: Base & Omit<Origin, 'now'>): Promise<PublishOutcome> {
  const { inputs, ports } = command;
  const folder = required(inputs.image, 'image', 'Pass the signed and approved image folder.');
  const { evidence } = await publicKeys(inputs);
  return publishImage(
    {
      ...base,
      folder,
      summary: await summaryText(inputs.vsa ?? path.join(folder, 'release/vsa.intoto.sigstore.json')),
      keys: evidence,
      class: inputs.class,
      family: inputs.family,
      schedule: dates(command),
      reason: inputs.reason,
    },
    ports,
  );
}

async function restore(command: Command, base: Base, origin: Omit<Origin, 'now'>): Promise<Outcome> {
  const { inputs, ports } = command;
  const of = reference(command);
  const summary = await summaryText(
    required(
      inputs.vsa,
      'vsa',
      'A restoration needs an approval: pass the verification summary of gate-approval.',
    ),
  );
  const { evidence } = await publicKeys(inputs);
  return updateCatalog(
    {
      ...base,
      plan: (catalog) => {
        const now = ports.clock.now();
        const approval = restoreApproval(recordOf(catalog, of), summary, evidence, now);
        return planRestore(catalog, of, approval, inputs.reason, { ...origin, now });
      },
    },
    ports,
  );
}

async function retire(command: Command, base: Base, origin: Omit<Origin, 'now'>): Promise<Outcome> {
  const { inputs, ports } = command;
  const of = reference(command);
  const to = ({ deprecate: 'deprecated', obsolete: 'obsolete', revoke: 'revoked' } as const)[
    inputs.command as 'deprecate' | 'obsolete' | 'revoke'
  ];
  if (to === 'revoked') {
    required(inputs.reason, 'reason', 'Users must be told why an image is revoked.');
  }
  const schedule = dates(command);
  const own = { deprecated: schedule.deprecateAt, obsolete: schedule.obsoleteAt, revoked: undefined }[to];
  return updateCatalog(
    {
      ...base,
      plan: (catalog) => {
        const now = ports.clock.now();
        const later = own !== undefined && Date.parse(own) > now.getTime();
        return planRetire(
          catalog,
          {
            of,
            to,
            schedule: later ? schedule : withoutPast(schedule, to),
            immediately: !later,
            successor: successorOf(inputs.successor, of),
            reason: inputs.reason,
            retiresFamily: inputs['retire-family'],
          },
          { ...origin, now },
        );
      },
    },
    ports,
  );
}

/** A date that has come already is the same as now. */
function withoutPast(schedule: Schedule, to: 'deprecated' | 'obsolete' | 'revoked'): Schedule {
  const { deprecateAt, obsoleteAt, ...rest } = schedule;
  return { ...rest, ...(to === 'deprecated' && obsoleteAt ? { obsoleteAt } : {}) };
}

function dates({ inputs }: Command): Schedule {
  const full = (value: string | undefined): string | undefined => {
    const text =
      value && (value.length === 10 ? `${value}T00:00:00Z` : value.replace(/T(\d\d:\d\d)Z$/, 'T$1:00Z'));
    if (text && Number.isNaN(Date.parse(text))) {
      throw new UserError(`${value} is not a date`, {
        code: 'invalid-input',
        fix: 'Write 2026-12-01 or 2026-12-01T12:00:00Z.',
      });
    }
    return text;
  };
  const [deprecateAt, obsoleteAt, deleteAt] = [
    full(inputs['deprecate-at']),
    full(inputs['obsolete-at']),
    full(inputs['delete-at']),
  ];
  const any = deprecateAt ?? obsoleteAt ?? deleteAt;
  return {
    ...(deprecateAt ? { deprecateAt } : {}),
    ...(obsoleteAt ? { obsoleteAt } : {}),
    ...(deleteAt ? { deleteAt } : {}),
    ...(any && inputs['retire-family'] ? { retiresFamily: true as const } : {}),
  };
}

function reference({ inputs }: Command): VersionReference {
  const image = required(inputs.image, 'image', 'Name the image, as the catalog lists it.');
  const version = required(inputs.version, 'version', 'Name the version, as the catalog lists it.');
  return { image, version };
}

function given(image: string | undefined, version: string | undefined): VersionReference | undefined {
  return image && version ? { image, version } : undefined;
}

function successorOf(value: string | undefined, of: VersionReference): VersionReference | undefined {
  const [image, version] = value?.includes('/') ? value.split('/') : [of.image, value];
  return image && version ? { image, version } : undefined;
}

function stateAfter(outcome: Outcome, of: VersionReference | undefined): string {
  const entry: AuditEntry | undefined = outcome.entries.at(-1);
  const key = of ?? entry;
  return (key && outcome.catalog.versions.get(`${key.image}/${key.version}`)?.state) ?? '';
}

function required(value: string | undefined, name: string, fix: string): string {
  if (!value) {
    throw new UserError(`This command needs the input ${name}`, { code: 'invalid-input', fix });
  }
  return value;
}

async function summaryText(file: string): Promise<string> {
  return readFile(file, 'utf8').catch((cause: unknown) => {
    throw new UserError(`There is no signed verification summary at ${file}: the image is not approved`, {
      code: 'not-approved',
      fix: 'Run gate-approval with the input signing before, and pass its output vsa.',
      cause,
    });
  });
}
