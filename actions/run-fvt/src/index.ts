import { runAction } from '@golden-image/action-kit';
import { count, runFvt, type Suite, shardOf } from '@golden-image/fvt';
import { complianceScan } from './compliance.ts';
import { definition } from './definition.ts';
import { summary } from './summary.ts';

await runAction(definition, async (inputs, ports) => {
  const request = {
    image: inputs.image,
    suites: inputs.suites as readonly Suite[],
    cases: inputs.cases ?? [],
    exclude: inputs.exclude ?? [],
    expectations: inputs.expectations,
    userCases: inputs['user-cases'],
    quarantine: inputs.quarantine,
    previous: inputs.previous,
    subscription: inputs.subscription,
    vulnerabilities: inputs.vulnerabilities,
    accelerator: inputs.accelerator,
    firmware: inputs.firmware,
    secureBoot: inputs['secure-boot'],
    tpm: inputs.tpm,
    bus: inputs['disk-bus'],
    memoryMib: inputs.memory,
    cpus: inputs.cpus,
    parallel: inputs.parallel,
    shard: shardOf(inputs.shard),
    retries: inputs.retries,
    sshUser: inputs['ssh-user'],
    timeoutScale: inputs['timeout-scale'],
  };
  const scan = complianceScan(ports, inputs.image);
  const { result, failure, ...files } = await runFvt(ports, request, scan);
  for (const item of result.cases) {
    ports.log.info(`${item.outcome.padEnd(7)} ${item.id}: ${item.actual ?? item.message}`);
  }
  if (failure !== undefined) {
    await ports.log.group('Last lines of the console', async () => ports.log.info(files.consoleTail));
    ports.log.info(`The same by hand:\n${result.reproduce}`);
  }
  return {
    outputs: {
      passed: count(result.cases, 'pass'),
      failed: count(result.cases, 'fail'),
      skipped: count(result.cases, 'skip'),
      errors: count(result.cases, 'error'),
      flaky: count(result.cases, 'flaky'),
      'not-run': count(result.cases, 'not-run'),
      junit: files.junit,
      json: files.json,
      html: files.html,
      statement: files.statement,
    },
    summary: summary(result, failure),
    ...(failure === undefined ? {} : { failure: `${result.image.name}: ${failure}` }),
  };
});
