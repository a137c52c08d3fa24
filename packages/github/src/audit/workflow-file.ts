import { isMap, isScalar, LineCounter, type Node, parseDocument, type YAMLMap } from 'yaml';

/** A workflow file, read only as far as the audit looks. */
export interface WorkflowFile {
  readonly path: string;
  readonly triggers: readonly string[];
  readonly jobs: readonly Job[];
  /** Why it cannot be read. */
  readonly broken: string | undefined;
}

export interface Job {
  readonly id: string;
  readonly name: string;
  readonly line: number;
  readonly condition: string;
  readonly needs: boolean;
  /** Everything under `runs-on`. */
  readonly runners: readonly string[];
  readonly inheritsSecrets: boolean;
  /** A reusable workflow. */
  readonly uses: string | undefined;
  readonly steps: readonly Step[];
}

export interface Step {
  readonly line: number;
  readonly uses: string;
  /** A shell or JavaScript text. */
  readonly script: string;
  readonly inputs: Readonly<Record<string, string>>;
}

/** Reads a workflow; never throws: one that cannot be read is `broken`. */
export function readWorkflow(path: string, text: string): WorkflowFile {
  const lines = new LineCounter();
  // "on" stays text in the core schema of YAML 1.2, as GitHub reads it.
  const document = parseDocument(text, { lineCounter: lines, schema: 'core', strict: false });
  const broken = document.errors[0]?.message.split('\n')[0];
  const root = document.contents;
  if (broken !== undefined || !isMap(root)) {
    return { path, triggers: [], jobs: [], broken: broken ?? 'it is not a mapping' };
  }
  const lineOf = (node: unknown): number => lines.linePos((node as Node | undefined)?.range?.[0] ?? 0).line;
  const jobs = root.get('jobs', true);
  return {
    path,
    triggers: names(root.get('on', true)),
    jobs: isMap(jobs) ? jobs.items.map((item) => jobOf(String(item.key), item.key, item.value, lineOf)) : [],
    broken: undefined,
  };
}

type LineOf = (node: unknown) => number;

function jobOf(id: string, key: unknown, node: unknown, lineOf: LineOf): Job {
  const job = isMap(node) ? node : undefined;
  const steps = job?.get('steps', true) as { items?: readonly unknown[] } | undefined;
  return {
    id,
    name: textOf(job, 'name') || id,
    line: lineOf(key),
    condition: textOf(job, 'if'),
    needs: job?.has('needs') ?? false,
    runners: names(job?.get('runs-on', true)),
    inheritsSecrets: textOf(job, 'secrets') === 'inherit',
    uses: textOf(job, 'uses') || undefined,
    steps: (steps?.items ?? []).filter(isMap).map((step) => stepOf(step, lineOf)),
  };
}

function stepOf(step: YAMLMap, lineOf: LineOf): Step {
  const given = step.get('with', true);
  const inputs = isMap(given)
    ? Object.fromEntries(given.items.map(({ key, value }) => [String(key), scalar(value)]))
    : {};
  const uses = textOf(step, 'uses');
  const inline = uses.startsWith('actions/github-script@') ? (inputs.script ?? '') : '';
  return { line: lineOf(step), uses, script: textOf(step, 'run') || inline, inputs };
}

function textOf(map: YAMLMap | undefined, key: string): string {
  return scalar(map?.get(key, true));
}

function scalar(node: unknown): string {
  return isScalar(node) ? String(node.value ?? '') : '';
}

/** Names in a scalar, a list, or the keys (and values) of a mapping. */
function names(node: unknown): readonly string[] {
  if (isScalar(node)) {
    return [String(node.value ?? '')];
  }
  if (isMap(node)) {
    return node.items.flatMap(({ key, value }) => [String(key), ...(isScalar(value) ? [scalar(value)] : [])]);
  }
  return ((node as { items?: readonly unknown[] } | undefined)?.items ?? []).map(scalar);
}
