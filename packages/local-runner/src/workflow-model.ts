import type { Position, Token } from './template-walk.ts';

export interface StepModel {
  readonly position: Position;
  readonly id: string | undefined;
  readonly name: Token | undefined;
  /** An expression that calls a status function. */
  readonly condition: string;
  readonly env: Token | undefined;
  readonly continueOnError: Token | undefined;
  readonly timeoutMinutes: Token | undefined;
  readonly work: ScriptStep | ActionStep;
}

export interface ScriptStep {
  readonly kind: 'run';
  readonly script: Token;
  readonly shell: Token | undefined;
  readonly workingDirectory: Token | undefined;
}

export interface ActionStep {
  readonly kind: 'uses';
  readonly uses: string;
  readonly with: Token | undefined;
}

/** `defaults.run` of a workflow or job. */
export interface RunDefaults {
  readonly shell: Token | undefined;
  readonly workingDirectory: Token | undefined;
}

export interface JobModel {
  readonly position: Position;
  readonly id: string;
  readonly name: Token | undefined;
  readonly needs: readonly string[];
  /** An expression that calls a status function. */
  readonly condition: string;
  readonly strategy: Token | undefined;
  readonly continueOnError: Token | undefined;
  readonly timeoutMinutes: Token | undefined;
  readonly env: Token | undefined;
  readonly defaults: RunDefaults;
  readonly outputs: Token | undefined;
  readonly environment: Token | undefined;
  readonly work: JobSteps | JobCall;
}

export interface JobSteps {
  readonly kind: 'steps';
  readonly steps: readonly StepModel[];
}

/** A job that calls another workflow. */
export interface JobCall {
  readonly kind: 'call';
  readonly uses: string;
  readonly with: Token | undefined;
  readonly secrets: Token | 'inherit' | undefined;
}

export interface InputModel {
  readonly name: string;
  readonly type: 'string' | 'boolean' | 'number' | 'choice' | 'environment';
  readonly required: boolean;
  readonly default: Token | undefined;
  readonly options: readonly string[];
  readonly description: string;
}

export interface SecretModel {
  readonly name: string;
  readonly required: boolean;
}

export interface WorkflowOutput {
  readonly name: string;
  readonly description: string;
  readonly value: Token;
}

/** What `on.workflow_call` declares. */
export interface CallModel {
  readonly inputs: readonly InputModel[];
  readonly secrets: readonly SecretModel[];
  readonly outputs: readonly WorkflowOutput[];
}

export interface WorkflowModel {
  /** Path relative to the repository. */
  readonly file: string;
  readonly name: string;
  readonly events: readonly string[];
  /** Inputs of `on.workflow_dispatch`, when it is there. */
  readonly dispatch: readonly InputModel[] | undefined;
  readonly call: CallModel | undefined;
  readonly env: Token | undefined;
  readonly defaults: RunDefaults;
  readonly jobs: readonly JobModel[];
}

export interface ActionInput {
  readonly name: string;
  readonly default: Token | undefined;
  readonly required: boolean;
}

export interface ActionModel {
  readonly position: Position;
  /** Absolute path of the folder that holds action.yml. */
  readonly folder: string;
  readonly name: string;
  readonly inputs: readonly ActionInput[];
  readonly outputs: readonly { readonly name: string; readonly value: Token | undefined }[];
  readonly runs: JavaScriptRuns | CompositeRuns;
}

export interface JavaScriptRuns {
  readonly kind: 'javascript';
  readonly main: string;
  readonly pre: string | undefined;
  readonly preCondition: string;
  readonly post: string | undefined;
  readonly postCondition: string;
}

export interface CompositeRuns {
  readonly kind: 'composite';
  readonly steps: readonly StepModel[];
}
