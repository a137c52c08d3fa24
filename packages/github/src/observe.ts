import type { Clock } from '@golden-image/host';
import type { Fact, FactOf } from '@golden-image/policy';
import { explain } from './failure.ts';

type Kind = Fact['kind'];
type Identity<K extends Kind> = { readonly kind: K; readonly pull?: number } & {
  readonly [P in 'team' | 'environment']?: string;
};
type Value<K extends Kind> = FactOf<K> extends { value?: infer V } ? NonNullable<V> : never;

export interface ObservePorts {
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/**
 * Makes a fact of what `look` returns; whatever it throws makes the fact unknown, with the reason and the permission
 * to grant. Only a cancellation goes on.
 *
 * @param source where it is observed, e.g. `GET /repos/o/r/pulls/7`
 */
export async function observe<K extends Kind>(
  identity: Identity<K>,
  source: string,
  look: () => Promise<Value<K>>,
  ports: ObservePorts,
): Promise<FactOf<K>> {
  const time = ports.clock.now().toISOString();
  try {
    const value = await look();
    return { ...identity, status: 'pass', source, time, value } as unknown as FactOf<K>;
  } catch (error) {
    ports.signal.throwIfAborted();
    return { ...identity, status: 'unknown', source, time, ...explain(error) } as unknown as FactOf<K>;
  }
}
