import type { ActionOutcome, InputsOf } from '@golden-image/action-kit';
import { pseudonym } from '@golden-image/catalog';
import type { Ports } from '@golden-image/host';
import type { Context } from './context.ts';
import type { definition } from './definition.ts';

/** What every command gets. */
export interface Command extends Context {
  readonly inputs: InputsOf<typeof definition>;
  readonly ports: Ports;
  readonly env: Readonly<Record<string, string | undefined>>;
}

export type Outputs = ActionOutcome<keyof typeof definition.outputs>;

/** Outputs that a command does not speak of are empty. */
export const NO_OUTPUTS: Outputs['outputs'] = {
  state: '',
  changed: false,
  'rebuild-needed': '',
  'next-version': '',
  reasons: '[]',
  'log-index': '',
  checkpoint: '',
  site: '',
  images: '[]',
};

/** The pseudonym under which this run's person stands in the log. A dry run adds nobody. */
export async function actorOf({ people, login, inputs }: Command): Promise<string> {
  let name = '';
  await people.update((known) => {
    const found = pseudonym(known, login);
    name = found.pseudonym;
    return inputs['dry-run'] ? known : found.people;
  });
  return name;
}
