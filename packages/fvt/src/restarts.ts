import { describeError, InternalError, UserError } from '@golden-image/host';
import { type Machine, waitForBoot } from '@golden-image/vm';
import { collectFacts, type Guest, type GuestPorts } from './guest.ts';
import type { ProbeResult, Restart } from './observations.ts';
import { IDENTITY, type Probe, SETTLED } from './probes.ts';
import type { Testbed } from './testbed.ts';

/** Seconds under KVM that a guest may take to shut down. */
const SHUTDOWN_SECONDS = 90;

/** A machine that was booted for the restart may still be at its first tasks. */
const BEFORE: readonly Probe[] = [...SETTLED, ...IDENTITY];
const AFTER: readonly Probe[] = [
  ...SETTLED.filter((probe) => probe.id === 'system-running'),
  ...IDENTITY,
  {
    id: 'file-system-recovery',
    seconds: 20,
    script:
      'dmesg | grep -iE "recovering journal|recovery complete|starting recovery|not properly unmounted|orphan cleanup" || true',
  },
];

/** Reboots the guest from inside; QEMU must see the reset, and the guest must come back. */
export function rebootGuest(ports: GuestPorts, testbed: Testbed, guest: Guest): Promise<Restart> {
  return restart(ports, guest, async (witness) => {
    const { machine, timeoutScale } = guest;
    const reset = machine.qmp.waitForEvent(({ event }) => event === 'RESET', 'a reset', {
      timeoutMs: SHUTDOWN_SECONDS * 1000 * timeoutScale,
      signal: AbortSignal.any([ports.signal, machine.ended]),
    });
    reset.catch(() => {});
    guest.shell.send('systemctl reboot');
    await reset;
    witness();
    return comeBack(ports, testbed, machine);
  });
}

/** Presses the power button, waits for QEMU to end by itself, and starts the machine again. */
export function stopAndStartGuest(ports: GuestPorts, testbed: Testbed, guest: Guest): Promise<Restart> {
  return restart(ports, guest, async (witness) => {
    await powerOff(ports, guest.machine, guest.timeoutScale);
    witness();
    return testbed.startAgain('stop-start-again', guest.machine, (machine) =>
      comeBack(ports, testbed, machine),
    );
  });
}

/**
 * Presses the power button and waits for QEMU to end by itself. Never kills: a guest that does not power off has
 * failed.
 *
 * @throws UserError `no-power-off`
 */
async function powerOff(ports: GuestPorts, machine: Machine, timeoutScale: number): Promise<void> {
  const limit = SHUTDOWN_SECONDS * timeoutScale;
  await machine.qmp.execute('system_powerdown');
  const started = ports.clock.monotonic();
  while (!machine.ended.aborted) {
    const spent = (ports.clock.monotonic() - started) / 1000;
    if (spent > limit) {
      throw new UserError(`the guest did not power off within ${limit} s`, {
        code: 'no-power-off',
        fix: 'See the console log: what keeps it from shutting down?',
      });
    }
    ports.log.progress({ label: 'power off', done: Math.floor(spent), unit: 'seconds' });
    await ports.clock.sleep(100, ports.signal);
  }
}

/** Facts of a guest that is on its way up again. */
async function comeBack(
  ports: GuestPorts,
  testbed: Testbed,
  machine: Machine,
): Promise<Readonly<Record<string, ProbeResult>>> {
  await waitForBoot(ports, machine, testbed.settings.timeoutScale);
  return collectFacts(ports, await testbed.logIn('restarted', machine), AFTER);
}

/** Turns what goes wrong on the way into part of what was seen: the case fails with it, the run goes on. */
async function restart(
  ports: GuestPorts,
  guest: Guest,
  body: (witness: () => void) => Promise<Restart['guest']>,
): Promise<Restart> {
  let witnessed = false;
  let before: Restart['before'] = {};
  try {
    before = await collectFacts(ports, guest, BEFORE);
    const after = await body(() => {
      witnessed = true;
    });
    return { problem: undefined, witnessed, before, guest: after };
  } catch (error) {
    ports.signal.throwIfAborted();
    if (error instanceof InternalError && error.code !== 'qmp-closed') {
      throw error;
    }
    return { problem: describeError(error).message, witnessed, before, guest: {} };
  }
}
