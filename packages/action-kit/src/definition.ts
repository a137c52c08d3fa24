import type { InputDeclaration } from './inputs.ts';

/** Everything about an action that is not code: the source of `action.yml`, of the README's tables and of parsing. */
export interface ActionDefinition<I extends Inputs = Inputs, O extends Outputs = Outputs> {
  /** The folder below `actions/` and `dist/`. */
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly branding: { readonly icon: string; readonly color: string };
  readonly inputs: I;
  /** Name to description. */
  readonly outputs: O;
  /** The action works in namespaces or on file systems: without root it starts itself again under `sudo -n`. */
  readonly root?: boolean;
}

type Inputs = Readonly<Record<string, InputDeclaration<unknown>>>;
type Outputs = Readonly<Record<string, string>>;

type ValueOf<D> = D extends { readonly absent: 'error' }
  ? D extends InputDeclaration<infer T>
    ? T
    : never
  : D extends InputDeclaration<infer T>
    ? T | undefined
    : never;

/** The typed values of a definition's inputs. */
export type InputsOf<D extends ActionDefinition> = {
  readonly [K in keyof D['inputs']]: ValueOf<D['inputs'][K]>;
};

/** What an action's run returns. */
export interface ActionOutcome<O extends string = string> {
  /** Every output of the definition; undefined is written as an empty string. */
  readonly outputs: Readonly<Record<O, string | number | boolean | undefined>>;
  /** Markdown for the job summary; outside text in it must be escaped (see `markdown.ts`). */
  readonly summary: string;
  /** Set when the work was done and its result is a refusal: outputs and summary are written, the step fails. */
  readonly failure?: string;
}

/** Identity, with the types inferred; adds the input that every action has. */
export function defineAction<const I extends Inputs, const O extends Outputs>(
  definition: ActionDefinition<I, O>,
): ActionDefinition<I, O> {
  return definition;
}
