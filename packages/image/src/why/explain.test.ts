import { describe, expect, it } from '@jest/globals';
import type { Component } from '../sbom/component.ts';
import { explainPackages } from './explain.ts';

const component = (name: string, ...dependsOn: string[]): Component =>
  ({ name, version: '1', dependsOn }) as unknown as Component;

describe('explainPackages', () => {
  const all = [
    component('app', 'lib', 'tool'),
    component('base'),
    component('kernel', 'tool'),
    component('lib', 'libc'),
    component('libc', 'lib'),
    component('tool', 'lib'),
  ];

  it('names the shortest chain from what was asked for, circles included', () => {
    const found = explainPackages(
      all,
      [
        ['app', 'added by the definition'],
        ['kernel', 'kernel'],
      ],
      'base system',
    );
    expect(found.map(({ name, why, chain }) => [name, why, chain.join(' ')])).toEqual([
      ['app', 'added by the definition', 'app'],
      ['base', 'base system', 'base'],
      ['kernel', 'kernel', 'kernel'],
      ['lib', 'required by app', 'app lib'],
      ['libc', 'required by lib', 'app lib libc'],
      ['tool', 'required by app', 'app tool'],
    ]);
  });

  it('passes over what was asked for and is not there, and keeps the first reason', () => {
    const found = explainPackages(
      [component('app')],
      [
        ['none', 'x'],
        ['app', 'first'],
        ['app', 'second'],
      ],
      '',
    );
    expect(found).toEqual([{ name: 'app', version: '1', why: 'first', chain: ['app'] }]);
  });
});
