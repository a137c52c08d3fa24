import { describe, expect, it } from '@jest/globals';
import { erase, NO_PEOPLE, parsePeople, peopleText, pseudonym } from './people.ts';

describe('pseudonyms', () => {
  it('stay the same for who is known, and cannot be computed from a name alone', () => {
    const first = pseudonym(NO_PEOPLE, 'maintainer');
    expect(pseudonym(first.people, 'maintainer')).toEqual(first);
    expect(pseudonym(NO_PEOPLE, 'maintainer').pseudonym).not.toBe(first.pseudonym);
    expect(parsePeople(peopleText(first.people))).toEqual(first.people);
  });

  it('of who was erased lead nowhere: the same person is somebody new', () => {
    const first = pseudonym(NO_PEOPLE, 'maintainer');
    const erased = erase(first.people, 'maintainer');
    expect(erased).toEqual(NO_PEOPLE);
    expect(erase(erased, 'maintainer')).toBe(erased);
    expect(pseudonym(erased, 'maintainer').pseudonym).not.toBe(first.pseudonym);
  });

  it('take names that objects have of themselves for names', () => {
    expect(pseudonym(NO_PEOPLE, 'constructor').pseudonym).toMatch(/^actor-[0-9a-f]{16}$/);
  });
});
