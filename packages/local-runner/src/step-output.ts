import { COMMANDS, isAllowedStopToken, parseCommand, type WorkflowCommand } from './commands.ts';
import type { Console, Level } from './console.ts';
import type { Masks } from './masks.ts';

export interface Annotation {
  readonly level: Level;
  readonly message: string;
  readonly title?: string;
  readonly file?: string;
  readonly line?: number;
}

/** Switched off by GitHub, or on the way out: a step that uses them fails here. */
const REFUSED: Readonly<Record<string, string>> = {
  'set-env': '$GITHUB_ENV',
  'add-path': '$GITHUB_PATH',
  'set-output': '$GITHUB_OUTPUT',
  'save-state': '$GITHUB_STATE',
};

/** Takes a step's output line by line: acts on workflow commands and shows the rest. */
export class StepOutput {
  readonly annotations: Annotation[] = [];
  readonly #console: Console;
  readonly #masks: Masks;
  readonly #debug: boolean;
  #grouped = false;
  #stopToken: string | undefined;
  #faults = 0;

  constructor(console: Console, masks: Masks, debug: boolean) {
    this.#console = console;
    this.#masks = masks;
    this.#debug = debug;
  }

  /** Whether a command was refused; the step then fails. */
  get failed(): boolean {
    return this.#faults > 0;
  }

  line(text: string): void {
    if (this.#stopToken !== undefined) {
      if (parseCommand(text, [this.#stopToken.toLowerCase()])) {
        this.#stopToken = undefined;
      } else {
        this.#console.output(text, this.#grouped);
      }
      return;
    }
    const command = parseCommand(text, COMMANDS);
    if (command) {
      this.#act(command);
    } else {
      this.#console.output(text, this.#grouped);
    }
  }

  /** An annotation, by a command or by the runner itself. */
  annotate(annotation: Annotation): void {
    this.annotations.push(annotation);
    const { level, message, title, file, line } = annotation;
    const place = file ? `${file}${line ? `:${line}` : ''}: ` : '';
    this.#console.annotation(level, `${title ? `${title}: ` : ''}${place}${message}`);
  }

  #act(command: WorkflowCommand): void {
    const { name, data, properties } = command;
    switch (name) {
      case 'error':
      case 'warning':
      case 'notice':
        this.annotate({ level: name, message: data, ...placeOf(properties) });
        return;
      case 'debug':
        if (this.#debug) {
          this.#console.output(`debug: ${data}`, this.#grouped);
        }
        return;
      case 'group':
        this.#grouped = true;
        this.#console.group(data);
        return;
      case 'endgroup':
        this.#grouped = false;
        return;
      case 'add-mask':
        this.#mask(data);
        return;
      case 'stop-commands':
        this.#stop(data);
        return;
      default:
        this.#refuseRemoved(name);
    }
  }

  #mask(value: string): void {
    if (value.trim() === '') {
      this.annotate({ level: 'warning', message: 'An empty value cannot be masked' });
    } else {
      this.#masks.add(value);
    }
  }

  #stop(token: string): void {
    if (isAllowedStopToken(token)) {
      this.#stopToken = token;
    } else {
      this.#fail(`::stop-commands:: needs a token that nobody can guess, not ${JSON.stringify(token)}`);
    }
  }

  /** Of the other commands, `echo` and problem matchers change nothing that is shown here. */
  #refuseRemoved(name: string): void {
    const file = REFUSED[name];
    if (file) {
      this.#fail(`The command ::${name}:: is not accepted: write to ${file}`);
    }
  }

  #fail(message: string): void {
    this.#faults += 1;
    this.annotate({ level: 'error', message });
  }
}

function placeOf(properties: Readonly<Record<string, string>>): Partial<Annotation> {
  const line = Number(properties.line);
  return {
    ...(properties.title ? { title: properties.title } : {}),
    ...(properties.file ? { file: properties.file } : {}),
    ...(Number.isInteger(line) && line > 0 ? { line } : {}),
  };
}
