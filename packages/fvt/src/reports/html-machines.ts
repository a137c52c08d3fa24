import type { MachineRecord } from '../machine-records.ts';
import type { FirmwareRun, FvtResult } from '../results.ts';
import { html } from './html-text.ts';

const KINDS: Readonly<Record<MachineRecord['kind'], string>> = {
  boot: 'boot',
  fork: 'fork',
  cold: 'boot in place of a fork',
};

/** The boot of each firmware and every machine that ran. */
export function machines(result: FvtResult): string {
  return result.runs.map((run) => firmware(run, result.runs.length > 1)).join('\n');
}

function firmware(run: FirmwareRun, several: boolean): string {
  return `<h2>Boot${several ? ` with ${html(run.firmware)}` : ''}</h2>
${timeline(run)}
${trouble(run)}
<h3>Machines</h3>
${machineTable(run.machines)}
${run.machines
  .filter((record) => record.problem !== undefined && record.consoleTail !== '')
  .map(tail)
  .join('\n')}
${run.blocked.length > 0 ? `<h3>Refused by the test network</h3><pre>${html(run.blocked.map((flow) => `${flow.protocol} ${flow.target}:${flow.port}`).join('\n'))}</pre>` : ''}`;
}

function timeline({ stages }: FirmwareRun): string {
  const end = stages.at(-1)?.seconds ?? 0;
  if (end === 0) {
    return '<p>The guest passed no stage.</p>';
  }
  let before = 0;
  const bars = stages.map(({ stage, seconds }) => {
    const left = (100 * before) / end;
    const width = (100 * (seconds - before)) / end;
    const bar = `<tr><th>${html(stage)}</th><td><div style="margin-left:${left.toFixed(2)}%;width:${Math.max(width, 0.3).toFixed(2)}%"></div></td><td>${seconds.toFixed(1)} s</td></tr>`;
    before = seconds;
    return bar;
  });
  return `<table class="timeline"><tbody>${bars.join('\n')}</tbody></table>`;
}

function trouble({ consoleFindings }: FirmwareRun): string {
  if (consoleFindings.length === 0) {
    return '<p>No sign of trouble on any console (panic, oops, out of memory, failed mounts).</p>';
  }
  const lines = consoleFindings.map(({ kind, line, machine }) => `${machine ?? 'first'}: ${kind}: ${line}`);
  return `<h3>Signs of trouble on the consoles</h3><pre>${html(lines.join('\n'))}</pre>`;
}

function machineTable(records: readonly MachineRecord[]): string {
  const rows = records.map(
    ({ name, kind, seconds, problem }) =>
      `<tr class="${problem === undefined ? 'pass' : 'fail'}"><td><code>${html(name)}</code></td><td>${KINDS[kind]}</td><td class="number">${seconds.toFixed(1)} s</td><td>${html(problem ?? '')}</td></tr>`,
  );
  return `<table class="cases machines"><thead><tr><th>Machine</th><th>How</th><th>Time</th><th></th></tr></thead><tbody>${rows.join('\n')}</tbody></table>`;
}

function tail({ name, consoleTail }: MachineRecord): string {
  return `<h3>Last lines of the console of ${html(name)}</h3><pre>${html(consoleTail)}</pre>`;
}
