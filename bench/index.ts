import { buildCold, buildWarm } from './build.ts';
import { cases } from './cases.ts';
import { catalog } from './catalog.ts';
import { facts } from './facts.ts';
import { fork } from './fork.ts';
import { fvt } from './fvt.ts';
import { gate } from './gate.ts';
import { harden } from './harden.ts';
import type { Bench } from './lib/bench.ts';
import { log } from './log.ts';
import { signImage } from './sign-image.ts';
import { start } from './start.ts';
import { verify } from './verify.ts';

/** In the order of the page. */
export const BENCHES: readonly Bench[] = [
  verify,
  buildCold,
  buildWarm,
  harden,
  facts,
  fvt,
  cases,
  fork,
  gate,
  signImage,
  catalog,
  log,
  start,
];
