import { type Facts, factsOf } from '../facts/facts.ts';
import { known } from '../facts/known.ts';
import { key, sameLogin, teamKey } from './login.ts';

/** Whether somebody belongs to a group; undefined when that is not known. */
export type Membership = (login: string) => boolean | undefined;

/** Membership in any of these teams; not known while one of them is not known and none has the person. */
export function memberOf(teams: readonly string[], facts: Facts): Membership {
  const run = known(facts, 'run');
  const keys = teams.map((team) => teamKey(team, run.value?.repository));
  const found = keys.map((team) => factsOf(facts, 'team').find((fact) => key(fact.team) === team));
  return (login) => {
    const states = found.map((fact) =>
      fact?.status === 'pass' && fact.value
        ? fact.value.some((person) => sameLogin(person.login, login))
        : undefined,
    );
    return states.includes(true) ? true : states.includes(undefined) ? undefined : false;
  };
}
