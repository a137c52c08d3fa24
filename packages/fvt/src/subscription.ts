import { describeError, type Ports, UserError } from '@golden-image/host';
import type { RootShell } from './compliance.ts';
import type { ProbeResult, SubscriptionCheck } from './observations.ts';

/** Seconds under KVM: Red Hat's service answers in its own time. */
const REGISTER_SECONDS = 120;

/** An account at Red Hat. */
export interface Subscription {
  readonly user: string;
  readonly password: string;
}

/**
 * `user:password`; undefined from undefined.
 *
 * @throws UserError `invalid-subscription`, without the secret
 */
export function subscriptionOf(text: string | undefined): Subscription | undefined {
  if (text === undefined) {
    return undefined;
  }
  const at = text.indexOf(':');
  const [user, password] = [text.slice(0, at), text.slice(at + 1).trimEnd()];
  if (at < 1 || password === '' || /[\r\n]/.test(user + password)) {
    throw new UserError('The subscription has not the form user:password', {
      code: 'invalid-subscription',
      fix: 'Store the name and the password of an account at Red Hat, a colon between, as one secret.',
    });
  }
  return { user, password };
}

/**
 * Registers the guest, lets it say what it may use, and unregisters it whatever happened. subscription-manager asks
 * for name and password; both answers go through standard input, never through an argument that others can see.
 */
export async function checkSubscription(
  ports: Pick<Ports, 'signal'>,
  shell: RootShell,
  { user, password }: Subscription,
  timeoutScale: number,
): Promise<SubscriptionCheck> {
  const timeoutMs = REGISTER_SECONDS * 1000 * timeoutScale;
  const run = (script: string, input = ''): ReturnType<RootShell['run']> =>
    shell.run({ script, input, timeoutMs, okCodes: 'any' });
  const told = (text: string): string => text.replaceAll(password, '***').trim().slice(-300);
  let problem: string | undefined;
  let state: ProbeResult | undefined;
  try {
    const registered = await run('subscription-manager register', `${user}\n${password}\n`);
    if (registered.code !== 0) {
      return { problem: `it could not be registered: ${told(registered.stderr)}`, state };
    }
    const { code, stdout, stderr } = await run(
      'ls /etc/pki/product /etc/pki/product-default 2>/dev/null; subscription-manager identity && subscription-manager status',
    );
    state = { rc: code, stdout: stdout.replaceAll(password, '***'), stderr: told(stderr) };
  } catch (error) {
    ports.signal.throwIfAborted();
    problem = told(describeError(error).message);
  } finally {
    // A machine that is thrown away must not stay on the account.
    const gone = await run('subscription-manager unregister').catch(() => undefined);
    if (state !== undefined && gone?.code !== 0) {
      problem ??= 'it could not be unregistered: remove it from the account by hand';
    }
  }
  return { problem, state };
}
