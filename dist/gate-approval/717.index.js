export const id = 717;
export const ids = [717];
export const modules = {

/***/ 6717:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  runAudit: () => (/* binding */ runAudit),
  runProvision: () => (/* binding */ runProvision)
});

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./build/packages/host/src/errors.js
var errors = __webpack_require__(2151);
// EXTERNAL MODULE: ./build/packages/github/src/content.js
var content = __webpack_require__(3514);
// EXTERNAL MODULE: ./build/packages/github/src/failure.js + 1 modules
var failure = __webpack_require__(5773);
;// CONCATENATED MODULE: ./build/packages/github/src/refused.js


/**
 * Turns whatever GitHub refuses into an error that says what, and which permission to grant.
 *
 * @param what what was asked for, e.g. `the rulesets`
 * @param state how things stand now, e.g. `nothing was changed`
 * @throws UserError `github-refused`
 */
async function orRefused(what, state, signal, action) {
    try {
        return await action();
    }
    catch (cause) {
        signal.throwIfAborted();
        if (cause instanceof errors/* UserError */.yo) {
            throw cause;
        }
        const { detail, permission } = (0,failure/* explain */.WE)(cause);
        throw new errors/* UserError */.yo(`GitHub refused ${what}: ${detail}; ${state}`, {
            code: 'github-refused',
            fix: permission
                ? `Pass as token one that has ${permission}, and run again.`
                : 'Put it right and run again.',
            cause,
        });
    }
}

// EXTERNAL MODULE: ./build/packages/github/src/environments.js
var environments = __webpack_require__(5);
;// CONCATENATED MODULE: ./build/packages/github/src/provision/change.js
/** Lists every leaf of a JSON value under its path; lists of objects are told apart by `keyOf`. */
function settingsOf(value, path = '') {
    const settings = new Map();
    walk(value, path, settings);
    return settings;
}
function walk(value, path, settings) {
    if (Array.isArray(value)) {
        for (const entry of value) {
            const key = keyOf(entry);
            walk(typeof entry === 'object' ? entry : true, `${path}[${key}]`, settings);
        }
        return;
    }
    if (typeof value === 'object' && value !== null) {
        const entries = Object.entries(value).filter(([, entry]) => entry !== undefined);
        if (entries.length === 0) {
            settings.set(path, 'yes');
        }
        for (const [key, entry] of entries) {
            walk(entry, path === '' ? key : `${path}.${key}`, settings);
        }
        return;
    }
    settings.set(path, value === true ? 'yes' : value === false ? 'no' : String(value));
}
/** What tells entries of a list apart: a rule's type, a check's name, an actor. */
function keyOf(entry) {
    if (typeof entry !== 'object' || entry === null) {
        return String(entry);
    }
    const { type, context, name, id, actor_type, actor_id } = entry;
    const actor = actor_type === undefined ? undefined : [actor_type, actor_id ?? ''].join(' ').trim();
    return String(actor ?? context ?? ([type, name ?? id].filter((part) => part !== undefined).join(' ') || '?'));
}
/** The difference of two states, sorted by path. */
function difference(before, after) {
    const paths = [...new Set([...before.keys(), ...after.keys()])].sort();
    return paths.flatMap((path) => {
        const old = before.get(path);
        const wanted = after.get(path);
        if (old === wanted) {
            return [];
        }
        return [
            ...(old === undefined ? [] : [{ sign: '-', text: `${path}: ${old}` }]),
            ...(wanted === undefined ? [] : [{ sign: '+', text: `${path}: ${wanted}` }]),
        ];
    });
}
/** The difference in sentences: what is, and what the policy says. */
function sentences(lines) {
    const parts = lines.map(({ sign, text }) => {
        const [path = '', value = ''] = text.split(/: (.*)/s);
        return { sign, path, value };
    });
    return parts.flatMap(({ sign, path, value }) => {
        const other = parts.find((entry) => entry.path === path && entry.sign !== sign);
        if (other) {
            return sign === '-' ? [`${path} is ${value}, the policy says ${other.value}`] : [];
        }
        return sign === '-' ? [`it has ${path}, the policy does not`] : [`it lacks ${path}`];
    });
}

;// CONCATENATED MODULE: ./build/packages/github/src/provision/environment.js
/** GitHub takes no more reviewers for one environment. */
const MOST_REVIEWERS = 6;
/** What a policy asks of an environment. */
function desiredEnvironment(policy) {
    const reviewers = (policy.reviewers ?? []).map((name) => ({
        type: name.includes('/') ? 'Team' : 'User',
        name: name.replace(/^@/, ''),
    }));
    return {
        reviewers,
        preventSelfReview: reviewers.length > 0 && policy['self-review'] !== 'allow',
        adminsCanBypass: policy['admin-bypass'] === 'allow',
        refPolicy: policy.refs ? 'custom' : 'all',
        refs: (policy.refs ?? []).flatMap(refPatterns),
    };
}
/** A name without wildcards is a branch; a pattern stands for branches and tags, as it does in the policy. */
function refPatterns(ref) {
    const full = /^refs\/(heads|tags)\/(.+)$/.exec(ref);
    if (full) {
        return [{ type: full[1] === 'tags' ? 'tag' : 'branch', pattern: full[2] ?? '' }];
    }
    return ref.includes('*')
        ? [
            { type: 'branch', pattern: ref },
            { type: 'tag', pattern: ref },
        ]
        : [{ type: 'branch', pattern: ref }];
}
/** The stricter of both: fewer reviewers, fewer refs, no self review, no bypass. */
function stricterEnvironment(wanted, current) {
    const permitted = new Set(wanted.reviewers.map(reviewerKey));
    const fewer = current.reviewers.length > 0 &&
        (permitted.size === 0 || current.reviewers.every((entry) => permitted.has(reviewerKey(entry))));
    const reviewers = fewer ? current.reviewers : wanted.reviewers;
    const common = {
        reviewers,
        preventSelfReview: reviewers.length > 0 && (wanted.preventSelfReview || current.preventSelfReview),
        adminsCanBypass: wanted.adminsCanBypass && current.adminsCanBypass,
    };
    if (wanted.refPolicy === 'all') {
        return { ...common, refPolicy: current.refPolicy, refs: current.refs };
    }
    if (current.refPolicy !== 'custom') {
        return { ...common, refPolicy: 'custom', refs: wanted.refs };
    }
    const asked = new Set(wanted.refs.map(refKey));
    return { ...common, refPolicy: 'custom', refs: current.refs.filter((ref) => asked.has(refKey(ref))) };
}
function reviewerKey({ type, name }) {
    return `${type} ${name.toLowerCase()}`;
}
function refKey({ type, pattern }) {
    return `${type} ${pattern}`;
}
const DEPLOY_FROM = { all: 'any ref', protected: 'protected branches', custom: 'these refs' };
/** A form in which equal settings are equal. */
function comparableEnvironment(settings) {
    return {
        reviewers: settings.reviewers.map(reviewerKey).sort(),
        'prevent self-review': settings.preventSelfReview,
        'admins can bypass': settings.adminsCanBypass,
        'deploy from': DEPLOY_FROM[settings.refPolicy],
        refs: settings.refs.map(refKey).sort(),
    };
}

;// CONCATENATED MODULE: ./build/packages/github/src/provision/lookup.js


/** GitHub's numbers for the repository roles that a ruleset may name; from docs.github.com/rest/repos/rules. */
const ROLES = { maintain: 2, write: 4, admin: 5 };
/** GitHub's own app, which reports the checks of workflows; an Enterprise Server has another number for it. */
function actionsApp(api) {
    return appId(api, 'github-actions');
}
async function appId(api, slug) {
    const found = await orMissing(`the app ${slug}`, () => api.request('GET /apps/{app_slug}', { app_slug: slug }));
    if (!found.data) {
        throw missing(`the app ${slug}`);
    }
    return Number(found.data.id);
}
async function userId(api, login) {
    const user = await orMissing(`the user ${login}`, () => api.request('GET /users/{username}', { username: login }));
    return Number(user.data.id);
}
/** @param team `org/slug` */
async function teamId(api, team) {
    const [org = '', slug = ''] = team.split('/');
    const found = await orMissing(`the team ${team}`, () => api.request('GET /orgs/{org}/teams/{team_slug}', { org, team_slug: slug }));
    return Number(found.data.id);
}
/** The policy's words for who may bypass, in GitHub's numbers. */
async function bypassActors(api, names) {
    const actors = [];
    for (const entry of names) {
        const [kind = '', value = ''] = entry.split(/:(.*)/s);
        // Through a pull request only, so that a bypass leaves a trace; a deploy key cannot open one.
        const mode = kind === 'deploy-key' ? 'always' : 'pull_request';
        actors.push({ ...(await actor(api, kind, value)), bypass_mode: mode });
    }
    return actors;
}
async function actor(api, kind, value) {
    switch (kind) {
        case 'team':
            return { actor_type: 'Team', actor_id: await teamId(api, value) };
        case 'app':
            return {
                actor_type: 'Integration',
                actor_id: /^\d+$/.test(value) ? Number(value) : await appId(api, value),
            };
        case 'role':
            return { actor_type: 'RepositoryRole', actor_id: ROLES[value] ?? null };
        case 'organization-admin':
            return { actor_type: 'OrganizationAdmin', actor_id: 1 };
        default:
            return { actor_type: 'DeployKey', actor_id: null };
    }
}
async function orMissing(what, ask) {
    try {
        return await ask();
    }
    catch (error) {
        throw (0,failure/* httpStatus */.nG)(error) === 404 ? missing(what) : error;
    }
}
function missing(what) {
    return new errors/* UserError */.yo(`The policy names ${what}, which GitHub does not know or does not show to the token`, {
        code: 'unknown-name',
        fix: 'Correct the policy, or give a token with members: read.',
    });
}

;// CONCATENATED MODULE: ./build/packages/github/src/provision/plan-environments.js






/** Compares the repository's environments with those that the policy asks for. */
async function planEnvironments(environments, api, name, loosen) {
    const changes = [];
    const kept = [];
    for (const [environment, policy] of Object.entries(environments)) {
        const wanted = desiredEnvironment(policy);
        if (wanted.reviewers.length > MOST_REVIEWERS) {
            throw new errors/* UserError */.yo(`The environment ${environment} has ${wanted.reviewers.length} reviewers, GitHub takes ${MOST_REVIEWERS}`, { code: 'too-many-reviewers', fix: 'Name a team in their place.' });
        }
        const current = await readOrNothing(api, name, environment);
        const target = !current || loosen ? wanted : stricterEnvironment(wanted, current);
        const before = current ? settingsOf(comparableEnvironment(current)) : new Map();
        const after = settingsOf(comparableEnvironment(target));
        const lines = difference(before, after);
        // Never empty for an environment that is not there yet: each setting of it is a line.
        if (lines.length > 0) {
            const reviewers = await reviewerIds(api, target);
            changes.push({
                target: `environment ${environment}`,
                action: current ? 'update' : 'create',
                lines,
                apply: (client) => applyEnvironment(client, name, environment, { target, current, reviewers }),
            });
        }
        const extra = difference(settingsOf(comparableEnvironment(wanted)), after);
        kept.push(...extra.map(({ sign, text }) => `environment ${environment}: ${sign === '+' ? '' : 'not '}${text}`));
    }
    return { changes, kept };
}
async function readOrNothing(api, name, environment) {
    try {
        return await (0,environments/* readEnvironment */.Qo)(api, name, environment);
    }
    catch (error) {
        if ((0,failure/* httpStatus */.nG)(error) === 404) {
            return undefined;
        }
        throw error;
    }
}
/** While planning, so that a name that nobody has stops everything before anything is changed. */
async function reviewerIds(api, { reviewers }) {
    const ids = [];
    for (const { type, name } of reviewers) {
        ids.push({ type, id: type === 'Team' ? await teamId(api, name) : await userId(api, name) });
    }
    return ids;
}
async function applyEnvironment(api, name, environment, { target, current, reviewers, }) {
    const settings = {
        ...name,
        environment_name: environment,
        reviewers,
        prevent_self_review: target.preventSelfReview,
        // GitHub resets what a request leaves out.
        ...(current?.waitTimer ? { wait_timer: current.waitTimer } : {}),
        deployment_branch_policy: target.refPolicy === 'all'
            ? null
            : {
                protected_branches: target.refPolicy === 'protected',
                custom_branch_policies: target.refPolicy === 'custom',
            },
    };
    await putEnvironment(api, settings, target.adminsCanBypass);
    if (target.refPolicy === 'custom') {
        await applyRefs(api, name, environment, target);
    }
}
/**
 * `can_admins_bypass` is not in GitHub's description; GitHub takes it (google/go-github#2725), older Enterprise
 * Servers refuse it (integrations/terraform-provider-github#1804). What came of it is read again after provisioning.
 */
async function putEnvironment(api, settings, adminsCanBypass) {
    const route = 'PUT /repos/{owner}/{repo}/environments/{environment_name}';
    try {
        await api.request(route, { ...settings, can_admins_bypass: adminsCanBypass });
    }
    catch (error) {
        const refused = error instanceof Error && error.message.includes('can_admins_bypass');
        if (!refused) {
            throw error;
        }
        await api.request(route, settings);
    }
}
/** Removes first: what is in between is stricter than both. */
async function applyRefs(api, name, environment, { refs }) {
    const existing = await (0,environments/* listBranchPolicies */.l9)(api, name, environment);
    const wanted = new Set(refs.map(refKey));
    const at = { ...name, environment_name: environment };
    const policies = '/repos/{owner}/{repo}/environments/{environment_name}/deployment-branch-policies';
    for (const policy of existing.filter((entry) => !wanted.has(refKey(entry)))) {
        await api.request(`DELETE ${policies}/{branch_policy_id}`, { ...at, branch_policy_id: policy.id });
    }
    const known = new Set(existing.map(refKey));
    for (const { type, pattern } of refs.filter((ref) => !known.has(refKey(ref)))) {
        await api.request(`POST ${policies}`, { ...at, name: pattern, type });
    }
}

;// CONCATENATED MODULE: ./build/packages/github/src/provision/desired.js
const BRANCH_RULESET = 'golden-image: branches';
const TAG_RULESET = 'golden-image: tags';
/** The rulesets that a policy asks for. */
function desiredRulesets(policy, repository, actionsApp, bypass) {
    const shared = { enforcement: 'active', bypass_actors: bypass };
    const branches = {
        ...shared,
        name: BRANCH_RULESET,
        target: 'branch',
        conditions: { ref_name: { include: repository.branches.map(branchPattern), exclude: [] } },
        rules: branchRules(policy, repository, actionsApp),
    };
    if (!repository.tags) {
        return [branches];
    }
    const tags = {
        ...shared,
        name: TAG_RULESET,
        target: 'tag',
        conditions: {
            ref_name: { include: repository.tags.map((tag) => prefixed(tag, 'refs/tags/')), exclude: [] },
        },
        rules: [{ type: 'deletion' }, { type: 'non_fast_forward' }, { type: 'update' }],
    };
    return [branches, tags];
}
function branchPattern(branch) {
    return branch.startsWith('~') ? branch : prefixed(branch, 'refs/heads/');
}
function prefixed(name, prefix) {
    return name.startsWith('refs/') ? name : `${prefix}${name}`;
}
function branchRules(policy, repository, actionsApp) {
    const { checks } = repository;
    return [
        { type: 'deletion' },
        { type: 'non_fast_forward' },
        {
            type: 'pull_request',
            parameters: {
                required_approving_review_count: approvalsOfEveryChange(policy),
                dismiss_stale_reviews_on_push: true,
                require_code_owner_review: repository['code-owners'],
                require_last_push_approval: true,
                required_review_thread_resolution: false,
            },
        },
        ...(checks.length > 0
            ? [
                {
                    type: 'required_status_checks',
                    parameters: {
                        // Pinned to GitHub Actions: otherwise anyone with write access may report a status of that name.
                        required_status_checks: checks.map((context) => ({ context, integration_id: actionsApp })),
                        // A merge queue tests on top of the newest base by itself.
                        strict_required_status_checks_policy: !repository['merge-queue'],
                    },
                },
            ]
            : []),
        ...(repository['linear-history'] ? [{ type: 'required_linear_history' }] : []),
        ...(repository['signed-commits'] ? [{ type: 'required_signatures' }] : []),
        ...(repository['merge-queue'] ? [mergeQueue(repository)] : []),
    ];
}
/** GitHub counts approvals for a whole change; rules for some paths only are the gate's, and CODEOWNERS'. */
function approvalsOfEveryChange(policy) {
    const everywhere = (policy.changes ?? []).filter(({ paths }) => paths.some((path) => path === '**'));
    // GitHub takes 10 at most.
    return Math.min(10, Math.max(1, ...everywhere.map((rule) => rule.approvals.min)));
}
function mergeQueue(repository) {
    return {
        type: 'merge_queue',
        parameters: {
            check_response_timeout_minutes: 120,
            grouping_strategy: 'ALLGREEN',
            max_entries_to_build: 5,
            max_entries_to_merge: 5,
            merge_method: repository['linear-history'] ? 'SQUASH' : 'MERGE',
            min_entries_to_merge: 1,
            min_entries_to_merge_wait_minutes: 5,
        },
    };
}

// EXTERNAL MODULE: ./build/packages/github/src/api.js
var src_api = __webpack_require__(5987);
;// CONCATENATED MODULE: ./build/packages/github/src/provision/read-rulesets.js


/** All rulesets that have a say in the repository, those of its organisation too. */
async function readRulesets(api, name) {
    const listed = await api.paginate('GET /repos/{owner}/{repo}/rulesets', {
        ...name,
        includes_parents: true,
        per_page: src_api/* PAGE */.K,
    });
    const rulesets = [];
    for (const { id } of listed) {
        rulesets.push(await readRuleset(api, name, id));
    }
    return rulesets;
}
async function readRuleset(api, name, id) {
    const { data } = await api.request('GET /repos/{owner}/{repo}/rulesets/{ruleset_id}', {
        ...name,
        ruleset_id: id,
    });
    const refs = data.conditions
        ?.ref_name;
    return {
        id,
        name: data.name,
        target: data.target,
        enforcement: data.enforcement,
        source: data.source_type ?? 'Repository',
        bypass_actors: data.bypass_actors?.map(({ actor_id, actor_type, bypass_mode }) => ({
            actor_id: actor_id ?? null,
            actor_type,
            bypass_mode: bypass_mode ?? 'always',
        })),
        conditions: { ref_name: { include: refs?.include ?? [], exclude: refs?.exclude ?? [] } },
        rules: (data.rules ?? []),
    };
}
/** For writing: without the bypass list, a change could loosen what is not seen. */
function writable(ruleset) {
    if (!ruleset.bypass_actors) {
        throw new failure/* Incomplete */.nd(`the token does not see who may bypass the ruleset ${ruleset.name}: it needs administration: write`);
    }
    return { ...ruleset, bypass_actors: ruleset.bypass_actors };
}

;// CONCATENATED MODULE: ./build/packages/github/src/provision/ruleset.js
/**
 * The stricter of both in every respect: what `wanted` asks for, and whatever `current` asks beyond it. Who may bypass
 * and which refs are left out is `wanted` alone: fewer of them is stricter, and more is what a provisioning removes.
 */
function stricter(wanted, current) {
    const include = union(wanted.conditions.ref_name.include, current.conditions.ref_name.include);
    const types = union(wanted.rules.map((rule) => rule.type), current.rules.map((rule) => rule.type));
    const allowed = new Set(wanted.bypass_actors.map(actorKey));
    return {
        ...wanted,
        // Someone may have taken a permitted actor away: that is stricter too.
        bypass_actors: current.bypass_actors.filter((actor) => allowed.has(actorKey(actor))),
        conditions: { ref_name: { include, exclude: [] } },
        rules: types.map((type) => stricterRule(wanted.rules.find((rule) => rule.type === type), current.rules.find((rule) => rule.type === type))),
    };
}
/** The policy to the letter. Parameters that it says nothing about stay: GitHub adds some by itself. */
function exactly(wanted, current) {
    const rules = wanted.rules.map((rule) => {
        const before = current.rules.find(({ type }) => type === rule.type)?.parameters;
        return before || rule.parameters
            ? { type: rule.type, parameters: { ...before, ...rule.parameters } }
            : rule;
    });
    return { ...wanted, rules };
}
function actorKey({ actor_type, actor_id, bypass_mode }) {
    return `${actor_type} ${actor_id ?? ''} ${bypass_mode}`;
}
function stricterRule(wanted, current) {
    if (!wanted || !current) {
        return (wanted ?? current);
    }
    if (!wanted.parameters) {
        return current.parameters ? current : wanted;
    }
    const before = current.parameters ?? {};
    const entries = Object.entries({ ...before, ...wanted.parameters }).map(([key, value]) => [
        key,
        key in before && key in (wanted.parameters ?? {}) ? stricterValue(key, value, before[key]) : value,
    ]);
    return { type: wanted.type, parameters: Object.fromEntries(entries) };
}
/** Parameters where a larger or a true value asks for more; all others are as the policy has them. */
function stricterValue(key, wanted, current) {
    if (key === 'required_approving_review_count') {
        return Math.max(Number(wanted), Number(current));
    }
    if (key === 'required_status_checks') {
        return unionOfChecks(wanted, current);
    }
    if (typeof wanted === 'boolean' && key !== 'do_not_enforce_on_create') {
        return wanted || current === true;
    }
    return wanted;
}
/** A check that anyone may report is the weaker of two with one name. */
function unionOfChecks(wanted, current) {
    const extra = current.filter((check) => !wanted.some(({ context }) => context === check.context));
    return [...wanted, ...extra];
}
function union(wanted, current) {
    return [...wanted, ...current.filter((entry) => !wanted.includes(entry))];
}
/** A form in which equal rulesets are equal: order means nothing, and only what GitHub was told counts. */
function comparable(ruleset) {
    const { name, target, enforcement, bypass_actors, conditions, rules } = ruleset;
    const sort = (entries, key) => entries.toSorted((a, b) => (key(a) < key(b) ? -1 : 1));
    return {
        name,
        target,
        enforcement,
        bypass: sort(bypass_actors, actorKey).map(({ actor_id, actor_type, bypass_mode }) => ({
            actor_type,
            actor_id,
            bypass_mode,
        })),
        refs: {
            include: conditions.ref_name.include.toSorted(),
            exclude: conditions.ref_name.exclude.toSorted(),
        },
        rules: Object.fromEntries(sort(rules, (rule) => rule.type).map((rule) => [rule.type, rule.parameters ?? {}])),
    };
}

;// CONCATENATED MODULE: ./build/packages/github/src/provision/plan-rulesets.js





/** Compares the repository's rulesets with those that the policy asks for. Only rulesets of ours are touched. */
async function planRulesets(policy, repository, api, name, loosen) {
    const bypass = await bypassActors(api, repository.bypass);
    const wanted = desiredRulesets(policy, repository, await actionsApp(api), bypass);
    const seen = (await readRulesets(api, name)).filter((ruleset) => ruleset.source === 'Repository');
    const changes = [];
    const kept = [];
    for (const ruleset of wanted) {
        const found = seen.find((entry) => entry.name === ruleset.name && entry.target === ruleset.target);
        if (!found) {
            changes.push(creation(ruleset, name));
            continue;
        }
        const current = writable(found);
        const target = loosen ? exactly(ruleset, current) : stricter(ruleset, current);
        const lines = difference(settingsOf(comparable(current)), settingsOf(comparable(target)));
        if (lines.length > 0) {
            changes.push(update(target, current, name, lines));
        }
        const bare = exactly(ruleset, current);
        const extra = difference(settingsOf(comparable(bare)), settingsOf(comparable(target)));
        kept.push(...extra.filter(({ sign }) => sign === '+').map(({ text }) => `${ruleset.name}: ${text}`));
    }
    return { changes, kept };
}
function creation(ruleset, name) {
    return {
        target: `ruleset ${ruleset.name}`,
        action: 'create',
        lines: difference(new Map(), settingsOf(comparable(ruleset))),
        apply: async (api) => {
            await api.request('POST /repos/{owner}/{repo}/rulesets', { ...name, ...body(ruleset) });
        },
    };
}
function update(ruleset, current, name, lines) {
    return {
        target: `ruleset ${ruleset.name}`,
        action: 'update',
        lines,
        apply: async (api) => {
            await api.request('PUT /repos/{owner}/{repo}/rulesets/{ruleset_id}', {
                ...name,
                ruleset_id: current.id,
                ...body(ruleset),
            });
        },
    };
}
/** octokit's types list every kind of rule with its parameters; ours are data. */
function body(ruleset) {
    return ruleset;
}

;// CONCATENATED MODULE: ./build/packages/github/src/provision/provision.js





const UNCHANGED = 'nothing was changed';
/**
 * Makes the repository enforce the policy by GitHub's own means. Reads everything before it changes anything; a run
 * that was stopped half-way is finished by the next one.
 *
 * @throws UserError `policy-incomplete`, `unknown-name`, `too-many-reviewers`, `github-refused`
 */
async function provision(request, api, ports) {
    const plan = await planAll(request, api, ports.signal);
    const problems = await orRefused('CODEOWNERS', UNCHANGED, ports.signal, () => codeOwnersProblems(request, api));
    const { kept } = plan;
    const changes = plan.changes.map(({ target, action, lines }) => ({ target, action, lines }));
    if (request.dryRun) {
        return { changes, kept, problems, applied: false };
    }
    for (const [index, change] of plan.changes.entries()) {
        ports.signal.throwIfAborted();
        ports.log.info(`${change.action} ${change.target}`);
        const before = index === 0 ? UNCHANGED : `${index} changes were made before`;
        await orRefused(change.target, before, ports.signal, () => change.apply(api));
    }
    const left = plan.changes.length === 0 ? [] : (await planAll(request, api, ports.signal)).changes;
    return { changes, kept, problems: [...problems, ...left.flatMap(notTaken)], applied: true };
}
/** Everything that the policy asks of GitHub and that is not so yet. */
async function planAll({ policy, repository, loosen }, api, signal) {
    if (!policy.repository && !policy.environments) {
        throw new errors/* UserError */.yo('The policy asks nothing of the repository', {
            code: 'policy-incomplete',
            fix: 'Add a section repository, environments, or both.',
        });
    }
    const wanted = policy.repository;
    const parts = [
        wanted
            ? await orRefused('the rulesets', UNCHANGED, signal, () => planRulesets(policy, wanted, api, repository, loosen))
            : undefined,
        await orRefused('the environments', UNCHANGED, signal, () => planEnvironments(policy.environments ?? {}, api, repository, loosen)),
    ];
    return {
        changes: parts.flatMap((part) => part?.changes ?? []),
        kept: parts.flatMap((part) => part?.kept ?? []),
    };
}
/** GitHub ignores a line of CODEOWNERS that it cannot read, without a word. */
async function codeOwnersProblems({ policy, repository }, api) {
    if (!policy.repository?.['code-owners']) {
        return [];
    }
    const { data } = await api.request('GET /repos/{owner}/{repo}', { ...repository });
    const file = await (0,content/* readCodeOwners */.kj)(api, repository, data.default_branch);
    if (!file) {
        return ['there is no CODEOWNERS on the default branch: reviews by code owners are asked of nobody'];
    }
    const errors = await (0,content/* codeOwnersErrors */.jw)(api, repository, data.default_branch);
    return errors.map((error) => `CODEOWNERS: ${error}`);
}
function notTaken({ target, lines }) {
    return lines.map(({ sign, text }) => {
        const hint = text.startsWith('admins can bypass')
            ? ' (this server lets nobody set it by its API: Settings → Environments → Allow administrators to bypass)'
            : '';
        return `${target}: GitHub did not take ${sign} ${text}${hint}`;
    });
}

;// CONCATENATED MODULE: ./build/packages/github/src/audit/finding.js

function found(rule, level, message, next, place = {}) {
    return { rule, level, status: 'found', message, next, ...place };
}
/** Looks at one part; what hinders it becomes a finding of its own, so that the other parts are still looked at. */
async function lookAt(rule, what, signal, look) {
    try {
        return await look();
    }
    catch (error) {
        signal.throwIfAborted();
        const { detail, permission } = (0,failure/* explain */.WE)(error);
        return [
            {
                rule,
                level: 'error',
                status: 'unknown',
                message: `${what} could not be looked at: ${detail}`,
                next: permission
                    ? `Pass as token one that has ${permission}.`
                    : 'Put that right and run the audit again.',
            },
        ];
    }
}

;// CONCATENATED MODULE: ./build/packages/github/src/audit/access.js


/** Logins of those with at least a permission; `direct`: by name rather than through a team. */
async function collaborators(api, name, permission, affiliation) {
    const route = 'GET /repos/{owner}/{repo}/collaborators';
    const listed = await api.paginate(route, { ...name, permission, affiliation, per_page: src_api/* PAGE */.K });
    return listed.map((entry) => entry.login).sort();
}
/** Administrators whom the policy does not name: they can change every rule. */
function auditAdmins(repository, admins) {
    const allowed = repository.admins;
    return allowed === undefined
        ? []
        : unlisted(admins, allowed).map((login) => found('unlisted-admin', 'error', `${login} administers the repository and is not among the policy's admins`, 'Take the role away, or add the person under repository: admins: in the policy.'));
}
function unlisted(logins, allowed) {
    const known = new Set(allowed.map((login) => login.toLowerCase()));
    return logins.filter((login) => !known.has(login.toLowerCase()));
}

;// CONCATENATED MODULE: ./build/packages/github/src/audit/actions-settings.js

const SETTINGS = 'Settings → Actions → General';
/** What every workflow of the repository may do. */
async function auditActionsSettings(api, name, isPublic) {
    const base = 'GET /repos/{owner}/{repo}/actions/permissions';
    const { data: allowed } = await api.request(base, { ...name });
    const { data: workflow } = await api.request(`${base}/workflow`, { ...name });
    const findings = [];
    const add = (...args) => findings.push(found(...args));
    if (workflow.can_approve_pull_request_reviews) {
        add('actions-may-approve', 'error', 'Workflows may approve pull requests: a change to a workflow could approve itself', `Untick "Allow GitHub Actions to create and approve pull requests" under ${SETTINGS}.`);
    }
    if (workflow.default_workflow_permissions === 'write') {
        add('workflow-token-writes', 'warning', 'GITHUB_TOKEN may write unless a workflow says otherwise', `Choose "Read repository contents and packages permissions" under ${SETTINGS}.`);
    }
    if (allowed.allowed_actions === 'all') {
        add('any-action', 'warning', 'Workflows may use any action of anybody', `Allow selected actions only, under ${SETTINGS}.`);
    }
    if (allowed.sha_pinning_required === false) {
        add('unpinned-actions-allowed', 'note', 'Workflows may name actions by tag, which their owners can move', `Tick "Require actions to be pinned to a full-length commit SHA" under ${SETTINGS}.`);
    }
    if (isPublic) {
        const { data: fork } = await api.request(`${base}/fork-pr-contributor-approval`, { ...name });
        if (fork.approval_policy !== 'all_external_contributors') {
            add('fork-workflows', 'warning', "Workflows run on some outside contributors' pull requests without anybody's approval", `Require approval for all external contributors, under ${SETTINGS}.`);
        }
    }
    return findings;
}

;// CONCATENATED MODULE: ./build/packages/github/src/audit/effective-rules.js


/** Everything that is in force on a branch: of the repository, of the organisation, and classic protection. */
async function effectiveRules(api, name, branch) {
    const route = 'GET /repos/{owner}/{repo}/rules/branches/{branch}';
    const listed = await api.paginate(route, { ...name, branch, per_page: src_api/* PAGE */.K });
    const rules = listed.map(({ type, parameters, ruleset_id }) => ({
        type,
        parameters: (parameters ?? {}),
        ruleset: ruleset_id,
    }));
    const classic = await classicProtection(api, name, branch);
    return {
        rules: [...rules, ...(classic?.rules ?? [])],
        adminsAreExempt: classic !== undefined && !classic.enforceAdmins,
    };
}
/** Classic protection in the words of rulesets. */
async function classicProtection(api, name, branch) {
    try {
        const route = 'GET /repos/{owner}/{repo}/branches/{branch}/protection';
        const { data } = await api.request(route, { ...name, branch });
        const rule = (type, parameters = {}) => ({
            type,
            parameters,
            ruleset: undefined,
        });
        const reviews = data.required_pull_request_reviews;
        const checks = data.required_status_checks;
        return {
            enforceAdmins: data.enforce_admins?.enabled === true,
            rules: [
                ...(data.allow_deletions?.enabled ? [] : [rule('deletion')]),
                ...(data.allow_force_pushes?.enabled ? [] : [rule('non_fast_forward')]),
                ...(data.required_linear_history?.enabled ? [rule('required_linear_history')] : []),
                ...(data.required_signatures?.enabled ? [rule('required_signatures')] : []),
                ...(reviews
                    ? [
                        rule('pull_request', {
                            required_approving_review_count: reviews.required_approving_review_count ?? 0,
                            dismiss_stale_reviews_on_push: reviews.dismiss_stale_reviews,
                            require_code_owner_review: reviews.require_code_owner_reviews,
                            require_last_push_approval: reviews.require_last_push_approval ?? false,
                        }),
                    ]
                    : []),
                ...(checks
                    ? [
                        rule('required_status_checks', {
                            required_status_checks: (checks.checks ?? []).map(({ context, app_id }) => ({
                                context,
                                ...(app_id ? { integration_id: app_id } : {}),
                            })),
                            strict_required_status_checks_policy: checks.strict ?? false,
                        }),
                    ]
                    : []),
            ],
        };
    }
    catch (error) {
        if ((0,failure/* httpStatus */.nG)(error) === 404) {
            return undefined;
        }
        throw error;
    }
}

;// CONCATENATED MODULE: ./build/packages/github/src/audit/branches.js





/** What is in force on the protected branches, whoever set it up, and who may pass by it. */
async function auditBranches(audit, api, name) {
    const permitted = await bypassActors(api, audit.repository.bypass);
    const [wanted] = desiredRulesets(audit.policy, audit.repository, await actionsApp(api), permitted);
    const findings = [];
    const rulesets = new Set();
    for (const branch of branchNames(audit)) {
        const { rules, adminsAreExempt } = await effectiveRules(api, name, branch);
        findings.push(...(wanted?.rules ?? []).flatMap((rule) => branches_missing(branch, rule, rules)));
        for (const { ruleset } of rules) {
            if (ruleset !== undefined) {
                rulesets.add(ruleset);
            }
        }
        if (adminsAreExempt) {
            findings.push(found('admin-bypass', 'error', `The protection of ${branch} does not hold for administrators: ${people(audit.admins)}`, 'Switch on "Do not allow bypassing the above settings" in the branch protection.'));
        }
    }
    for (const id of [...rulesets].sort((a, b) => a - b)) {
        findings.push(...(await auditBypass(id, permitted, audit.admins, api, name)));
    }
    return findings;
}
/** Patterns cannot be asked for: they are as the ruleset has them. */
function branchNames({ repository, defaultBranch }) {
    const names = repository.branches
        .map((branch) => (branch.startsWith('~') ? defaultBranch : branch.replace(/^refs\/heads\//, '')))
        .filter((branch) => !branch.includes('*'));
    return [...new Set(names)];
}
const NEXT = 'Run gate-approval with mode: provision, or put it right in the settings.';
/** What a wanted rule asks for that no rule in force gives. */
function branches_missing(branch, wanted, rules) {
    const same = rules.filter((rule) => rule.type === wanted.type);
    const drift = (what) => found('protection-drift', 'error', `${branch}: ${what} is not enforced`, NEXT);
    if (same.length === 0) {
        return [drift(wanted.type)];
    }
    return Object.entries(wanted.parameters ?? {}).flatMap(([key, value]) => {
        const values = same.map((rule) => rule.parameters[key]);
        if (key === 'required_status_checks') {
            return missingChecks(value, values.flat()).map(drift);
        }
        if (key === 'required_approving_review_count') {
            const most = Math.max(...values.map((entry) => Number(entry ?? 0)));
            return most >= Number(value)
                ? []
                : [drift(`the policy's number of approvals, ${value} (it is ${most})`)];
        }
        return value === true && !values.includes(true) ? [drift(key)] : [];
    });
}
function missingChecks(wanted, present) {
    return wanted.flatMap(({ context, integration_id }) => {
        const named = present.filter((check) => check.context === context);
        if (named.length === 0) {
            return [`the check ${context}`];
        }
        return named.some((check) => check.integration_id === integration_id)
            ? []
            : [`that the check ${context} comes from GitHub Actions: anyone with write access may report it; that`];
    });
}
async function auditBypass(id, permitted, admins, api, name) {
    const ruleset = await readRuleset(api, name, id);
    if (!ruleset.bypass_actors) {
        return [
            {
                rule: 'bypass-actor',
                level: 'error',
                status: 'unknown',
                message: `Who may bypass the ruleset ${ruleset.name} is not shown to this token`,
                next: ruleset.source === 'Repository'
                    ? 'Pass as token one that has administration: write.'
                    : 'Pass as token one that administers the organisation, whose ruleset it is.',
            },
        ];
    }
    return ruleset.bypass_actors.flatMap((actor) => {
        const known = permitted.find((entry) => entry.actor_type === actor.actor_type && entry.actor_id === actor.actor_id);
        if (known && (known.bypass_mode === actor.bypass_mode || actor.bypass_mode === 'pull_request')) {
            return [];
        }
        const who = describeActor(actor, admins);
        const how = actor.bypass_mode === 'pull_request' ? 'through a pull request' : 'at any time';
        return [
            found('bypass-actor', 'error', `${who} may bypass the ruleset ${ruleset.name} ${how}, which the policy does not permit`, 'Remove the actor from the ruleset, or permit it under repository: bypass: in the policy.'),
        ];
    });
}
function describeActor({ actor_type, actor_id }, admins) {
    if (actor_type === 'RepositoryRole' && actor_id === 5) {
        return `Every administrator of the repository (${people(admins)})`;
    }
    const words = {
        OrganizationAdmin: 'Every owner of the organisation',
        DeployKey: 'Every deploy key',
        RepositoryRole: `The repository role ${actor_id}`,
        Team: `The team ${actor_id}`,
        Integration: `The app ${actor_id}`,
        User: `The user ${actor_id}`,
    };
    return words[actor_type] ?? `${actor_type} ${actor_id ?? ''}`;
}
function people(logins) {
    return logins.length === 0 ? 'nobody at the moment' : logins.join(', ');
}

;// CONCATENATED MODULE: ./build/packages/github/src/audit/environments.js




/** Environments that are looser than the policy; what is stricter is no finding. */
async function auditEnvironments(policy, admins, api, name) {
    const { changes } = await planEnvironments(policy.environments ?? {}, api, name, false);
    return changes.flatMap(({ target, action, lines }) => {
        if (action === 'create') {
            return [
                found('environment-drift', 'error', `There is no ${target}: a job that names it makes one that protects nothing`, 'Run gate-approval with mode: provision.'),
            ];
        }
        return sentences(lines).map((sentence) => sentence.startsWith('admins can bypass')
            ? found('admin-bypass', 'error', `The ${target} can be bypassed by administrators: ${people(admins)}`, 'Run gate-approval with mode: provision, or untick "Allow administrators to bypass" of the environment.')
            : found('environment-drift', 'error', `The ${target} is looser than the policy: ${sentence}`, 'Run gate-approval with mode: provision.'));
    });
}

;// CONCATENATED MODULE: ./build/packages/github/src/audit/runners.js



/**
 * Whoever may run a workflow in a repository that may use a runner group can run code on its machines. So a build
 * host is as safe as the weakest repository of its group.
 */
async function auditRunnerGroups(repository, api, name) {
    const wanted = repository['build-runners'] ?? [];
    if (wanted.length === 0) {
        return [];
    }
    const route = 'GET /orgs/{org}/actions/runner-groups';
    const groups = (await api.paginate(route, {
        org: name.owner,
        per_page: src_api/* PAGE */.K,
    }));
    const findings = [];
    for (const wantedName of wanted) {
        const group = groups.find((entry) => entry.name === wantedName);
        findings.push(...(group
            ? await auditGroup(group, repository, api, name)
            : [
                found('runner-group', 'error', `There is no runner group ${wantedName}: build hosts are in a group that others may use, or there are none`, 'Make the group in the settings of the organisation, or correct the policy.'),
            ]));
    }
    return findings;
}
async function auditGroup(group, repository, api, name) {
    const own = `${name.owner}/${name.repo}`.toLowerCase();
    const open = group.visibility !== 'selected';
    const users = open ? [own] : await repositoriesOf(api, name.owner, group.id);
    const others = users.filter((entry) => entry !== own);
    const findings = [];
    const say = (level, message, next) => findings.push(found('runner-group', level, `The runner group ${group.name} ${message}`, next));
    if (open) {
        const whose = group.visibility === 'all' ? 'every repository' : 'every private repository';
        say('error', `can be used by ${whose} of the organisation`, 'Select the repositories that may use the group.');
    }
    if (others.length > 0) {
        say('error', `can also be used by ${others.join(', ')}`, 'Take the other repositories out of the group.');
    }
    if (group.allows_public_repositories) {
        say('warning', "can be used by public repositories, whose forks' pull requests run anybody's code", 'Untick "Allow public repositories".');
    }
    if (!group.restricted_to_workflows) {
        say('warning', 'can be used by every workflow of its repositories, also by one that a branch brings', 'Restrict the group to the workflows that build images, at a protected ref.');
    }
    for (const user of users) {
        findings.push(...(await auditDirectAccess(user, group, repository, api)));
    }
    return findings;
}
async function repositoriesOf(api, org, id) {
    const route = 'GET /orgs/{org}/actions/runner-groups/{runner_group_id}/repositories';
    const listed = await api.paginate(route, { org, runner_group_id: id, per_page: src_api/* PAGE */.K });
    return listed
        .map((entry) => entry.full_name.toLowerCase())
        .sort();
}
async function auditDirectAccess(fullName, group, repository, api) {
    const [owner = '', repo = ''] = fullName.split('/');
    const direct = await collaborators(api, { owner, repo }, 'push', 'direct');
    const allowed = [...repository['direct-access'], ...(repository.admins ?? [])];
    return unlisted(direct, allowed).map((login) => found('direct-access', 'error', `${login} has write access to ${fullName} by name, not through a team, and so can run code on the build hosts of ${group.name}`, 'Give access through a team, or add the person under repository: direct-access: in the policy.'));
}

// EXTERNAL MODULE: ./node_modules/yaml/dist/index.js
var dist = __webpack_require__(8815);
;// CONCATENATED MODULE: ./build/packages/github/src/audit/workflow-file.js

/** Reads a workflow; never throws: one that cannot be read is `broken`. */
function readWorkflow(path, text) {
    const lines = new dist/* LineCounter */.HN();
    // "on" stays text in the core schema of YAML 1.2, as GitHub reads it.
    const document = (0,dist/* parseDocument */.Tp)(text, { lineCounter: lines, schema: 'core', strict: false });
    const broken = document.errors[0]?.message.split('\n')[0];
    const root = document.contents;
    if (broken !== undefined || !(0,dist/* isMap */.jh)(root)) {
        return { path, triggers: [], jobs: [], broken: broken ?? 'it is not a mapping' };
    }
    const lineOf = (node) => lines.linePos(node?.range?.[0] ?? 0).line;
    const jobs = root.get('jobs', true);
    return {
        path,
        triggers: names(root.get('on', true)),
        jobs: (0,dist/* isMap */.jh)(jobs) ? jobs.items.map((item) => jobOf(String(item.key), item.key, item.value, lineOf)) : [],
        broken: undefined,
    };
}
function jobOf(id, key, node, lineOf) {
    const job = (0,dist/* isMap */.jh)(node) ? node : undefined;
    const steps = job?.get('steps', true);
    return {
        id,
        name: textOf(job, 'name') || id,
        line: lineOf(key),
        condition: textOf(job, 'if'),
        needs: job?.has('needs') ?? false,
        runners: names(job?.get('runs-on', true)),
        inheritsSecrets: textOf(job, 'secrets') === 'inherit',
        uses: textOf(job, 'uses') || undefined,
        steps: (steps?.items ?? []).filter(dist/* isMap */.jh).map((step) => stepOf(step, lineOf)),
    };
}
function stepOf(step, lineOf) {
    const given = step.get('with', true);
    const inputs = (0,dist/* isMap */.jh)(given)
        ? Object.fromEntries(given.items.map(({ key, value }) => [String(key), scalar(value)]))
        : {};
    const uses = textOf(step, 'uses');
    const inline = uses.startsWith('actions/github-script@') ? (inputs.script ?? '') : '';
    return { line: lineOf(step), uses, script: textOf(step, 'run') || inline, inputs };
}
function textOf(map, key) {
    return scalar(map?.get(key, true));
}
function scalar(node) {
    return (0,dist/* isScalar */.jn)(node) ? String(node.value ?? '') : '';
}
/** Names in a scalar, a list, or the keys (and values) of a mapping. */
function names(node) {
    if ((0,dist/* isScalar */.jn)(node)) {
        return [String(node.value ?? '')];
    }
    if ((0,dist/* isMap */.jh)(node)) {
        return node.items.flatMap(({ key, value }) => [String(key), ...((0,dist/* isScalar */.jn)(value) ? [scalar(value)] : [])]);
    }
    return (node?.items ?? []).map(scalar);
}

;// CONCATENATED MODULE: ./build/packages/github/src/audit/workflows.js



/** Events whose runs have secrets and a writing token while an outsider decides what they are about. */
const PRIVILEGED = ['pull_request_target', 'workflow_run', 'issue_comment', 'issues', 'discussion_comment'];
/** The head of somebody's pull request, as a ref or a SHA. */
const UNTRUSTED_REF = /github\.event\.(?:pull_request\.head\.|workflow_run\.head_|number)|github\.head_ref|refs\/pull\//;
const FETCHES_PULL = /gh pr checkout|git (?:fetch|pull|checkout)[^\n]*(?:pull\/|head_ref|head\.(?:ref|sha))/;
/** What an outsider writes; from docs.github.com/actions/reference/security/secure-use, "untrusted input". */
const UNTRUSTED_TEXT = /\$\{\{[^}]*github\.(?:head_ref|event\.(?:(?:issue|pull_request|discussion)\.(?:title|body)|(?:comment|review|review_comment)\.body|pull_request\.head\.(?:ref|label|repo\.default_branch)|pages[^}]*page_name|(?:head_commit|commits[^}]*)\.(?:message|author\.(?:name|email))|workflow_run\.(?:head_branch|head_commit\.message|display_title)))/;
/** The workflows of a branch that could run an outsider's code with secrets or on build hosts. */
async function auditWorkflows(policy, api, name, branch, isPublic) {
    const listed = await (0,content/* listFolder */.bt)(api, name, '.github/workflows', branch);
    const findings = [];
    const reported = new Set();
    for (const path of listed.filter((entry) => /\.ya?ml$/.test(entry))) {
        const file = readWorkflow(path, (await (0,content/* readText */.yR)(api, name, path, branch)) ?? '');
        findings.push(...auditWorkflow(file, policy, isPublic));
        for (const job of file.jobs) {
            reported.add(job.name);
        }
    }
    const missing = (policy.repository?.checks ?? []).filter((check) => !reported.has(check));
    return [
        ...findings,
        ...missing.map((check) => found('missing-check', 'error', `No workflow of ${branch} has a job named ${check}, which the policy requires: no change can be merged`, 'Add the job, or correct repository: checks: in the policy.')),
    ];
}
/** One workflow; exported for its tests. */
function auditWorkflow(file, policy, isPublic) {
    if (file.broken !== undefined) {
        return [
            found('unreadable-workflow', 'warning', `The workflow cannot be read: ${file.broken}`, 'Correct it or remove it.', { file: file.path }),
        ];
    }
    const privileged = file.triggers.filter((trigger) => PRIVILEGED.includes(trigger));
    return file.jobs.flatMap((job) => [
        ...auditGateJob(file, job, policy),
        ...auditRunners(file, job, policy, isPublic),
        ...job.steps.flatMap((step) => auditStep(file, step, privileged)),
    ]);
}
/** GitHub counts a skipped job as a success: a required one that waits for others must run always. */
function auditGateJob({ path, triggers }, job, policy) {
    const required = policy.repository?.checks.includes(job.name) ?? false;
    if (!required) {
        return [];
    }
    const place = { file: path, line: job.line };
    const findings = [];
    if (job.needs && !/always\(\)|!\s*cancelled\(\)/.test(job.condition)) {
        findings.push(found('skippable-check', 'error', `The required job ${job.name} is skipped when a job before it fails, and GitHub counts skipped as passed`, 'Give the job if: always(), and let it fail by itself.', place));
    }
    if (policy.repository?.['merge-queue'] && !triggers.includes('merge_group')) {
        findings.push(found('no-merge-group', 'error', `The required job ${job.name} does not run for the merge queue, which waits for it`, 'Add merge_group: to the events of the workflow.', place));
    }
    return findings;
}
function auditRunners({ path, triggers }, job, policy, isPublic) {
    const groups = policy.repository?.['build-runners'] ?? [];
    const own = job.runners.some((label) => label === 'self-hosted' || groups.includes(label));
    const outside = triggers.some((trigger) => trigger.startsWith('pull_request'));
    return own && outside && isPublic
        ? [
            found('untrusted-on-build-host', 'error', `The job ${job.name} runs pull requests, also those of forks, on self-hosted runners`, 'Run pull requests on GitHub-hosted runners, and build hosts only from protected refs.', { file: path, line: job.line }),
        ]
        : [];
}
function auditStep({ path }, step, privileged) {
    const place = { file: path, line: step.line };
    const findings = [];
    const fetches = (step.uses.startsWith('actions/checkout@') &&
        (UNTRUSTED_REF.test(step.inputs.ref ?? '') || /head\.repo/.test(step.inputs.repository ?? ''))) ||
        FETCHES_PULL.test(step.script);
    if (fetches && privileged.length > 0) {
        findings.push(found('untrusted-checkout', 'error', `The code of a pull request is checked out in a run of ${privileged.join(', ')}, which has secrets and a writing token`, 'Use the event pull_request for what runs the code, and hand results over as artifacts.', place));
    }
    if (UNTRUSTED_TEXT.test(step.script)) {
        findings.push(found('script-injection', privileged.length > 0 ? 'error' : 'warning', 'A text that outsiders write is pasted into a script, where it can become a command', 'Pass it through env: and use the variable.', place));
    }
    if (isMovable(step.uses)) {
        findings.push(found('unpinned-action', 'note', `${step.uses.slice(0, 100)} is named by a tag or branch, which its owner can move`, 'Name it by its full commit SHA.', place));
    }
    return findings;
}
function isMovable(uses) {
    return (uses !== '' &&
        !/^(\.|\$\/|docker:\/\/\S+@sha256:)/.test(uses) &&
        !/@[0-9a-f]{40}([0-9a-f]{24})?$/.test(uses));
}

;// CONCATENATED MODULE: ./build/packages/github/src/audit/audit.js









const order = { error: 0, warning: 1, note: 2 };
/**
 * Compares what GitHub enforces with the policy, and looks for ways around it. Nothing is changed.
 *
 * @throws UserError `policy-incomplete`, `github-refused`
 */
async function audit({ policy, repository: name }, api, ports) {
    const { repository } = policy;
    if (!repository) {
        throw new errors/* UserError */.yo('The policy has no section repository', {
            code: 'policy-incomplete',
            fix: 'Say under repository: what GitHub is to enforce.',
        });
    }
    const { data } = await orRefused('the repository', 'nothing was looked at', ports.signal, () => api.request('GET /repos/{owner}/{repo}', { ...name }));
    const isPublic = !data.private;
    const defaultBranch = data.default_branch;
    let admins = [];
    const parts = [
        [
            'unlisted-admin',
            'Administrators',
            async () => {
                admins = await collaborators(api, name, 'admin', 'all');
                return auditAdmins(repository, admins);
            },
        ],
        [
            'protection-drift',
            'Protection of branches',
            () => auditBranches({ policy, repository, defaultBranch, admins }, api, name),
        ],
        ['environment-drift', 'Environments', () => auditEnvironments(policy, admins, api, name)],
        ['actions-settings', 'Settings of Actions', () => auditActionsSettings(api, name, isPublic)],
        ['runner-group', 'Runner groups of build hosts', () => auditRunnerGroups(repository, api, name)],
        ['workflows', 'Workflows', () => auditWorkflows(policy, api, name, defaultBranch, isPublic)],
    ];
    const findings = [];
    for (const [rule, what, look] of parts) {
        ports.log.info(`Looking at: ${what}`);
        findings.push(...(await lookAt(rule, what, ports.signal, look)));
    }
    const sorted = findings.toSorted((a, b) => order[a.level] - order[b.level]);
    return {
        findings: sorted,
        decision: sorted.some((finding) => finding.level === 'error') ? 'refused' : 'approved',
        parts: parts.map(([, what]) => what),
    };
}

;// CONCATENATED MODULE: ./build/packages/github/src/audit/sarif.js
/**
 * SARIF 2.1.0 for GitHub's code scanning. A setting of GitHub's has no line: it points at the policy that it breaks.
 *
 * @param policy path of the policy in the repository
 */
function auditSarif(findings, policy) {
    const rules = [...new Set(findings.map((finding) => finding.rule))].sort();
    return {
        $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
        version: '2.1.0',
        runs: [
            {
                tool: {
                    driver: {
                        name: 'gate-approval audit',
                        informationUri: 'https://github.com/golden-image-actions/golden-image-actions',
                        rules: rules.map((id) => ({
                            id,
                            help: { text: findings.find((finding) => finding.rule === id)?.next ?? '' },
                        })),
                    },
                },
                results: findings.map((finding) => ({
                    ruleId: finding.rule,
                    ruleIndex: rules.indexOf(finding.rule),
                    level: finding.level,
                    message: { text: `${finding.message}. ${finding.next}` },
                    locations: [
                        {
                            physicalLocation: {
                                artifactLocation: { uri: finding.file ?? policy },
                                region: { startLine: finding.line ?? 1 },
                            },
                        },
                    ],
                    // The same finding of a later run is the same alert, wherever its line has moved.
                    partialFingerprints: {
                        'goldenImageAudit/v1': [finding.rule, finding.file ?? '', finding.message].join('|'),
                    },
                })),
            },
        ],
    };
}

// EXTERNAL MODULE: ./build/packages/policy/src/policy/policy-file.js
var policy_file = __webpack_require__(5434);
// EXTERNAL MODULE: ./build/actions/gate-approval/src/connection.js + 3 modules
var connection = __webpack_require__(4244);
// EXTERNAL MODULE: ./build/packages/action-kit/src/markdown.js
var markdown = __webpack_require__(9830);
;// CONCATENATED MODULE: ./build/actions/gate-approval/src/repository-summary.js

const ACTIONS = { create: 'Create', update: 'Change', delete: 'Delete' };
/** The plan like a diff, then what was kept and what is left to do. */
function provisionSummary(outcome, repository) {
    const { changes, kept, problems, applied } = outcome;
    const head = changes.length === 0
        ? 'nothing to change'
        : `${counted(changes.length, 'change')} ${applied ? 'made' : 'planned'}`;
    return [
        `## Protection of ${(0,markdown/* escapeMarkdown */.FV)(repository)}: ${head}`,
        '',
        ...changes.flatMap((change) => [
            `### ${ACTIONS[change.action]} ${(0,markdown/* escapeMarkdown */.FV)(change.target)}`,
            '',
            '```diff',
            ...change.lines.map(({ sign, text }) => `${sign} ${fenced(text)}`),
            '```',
            '',
        ]),
        ...list('Kept, because it is stricter than the policy', kept),
        ...list('What is left to do', problems),
        ...(changes.length > 0 && !applied ? ['A dry run: nothing was changed.', ''] : []),
    ].join('\n');
}
/** `1 error`, `2 errors`. */
function counted(count, what) {
    return `${count} ${what}${count === 1 ? '' : 's'}`;
}
function list(title, entries) {
    return entries.length === 0
        ? []
        : [`### ${title}`, '', ...entries.map((entry) => `- ${(0,markdown/* escapeMarkdown */.FV)(entry)}`), ''];
}
/** Outside text cannot end a fenced block that it has no line break for. */
function fenced(text) {
    return text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ').replaceAll('`', "'");
}
const SHOWN = { error: '❌&nbsp;error', warning: '⚠️&nbsp;warning', note: '📝&nbsp;note' };
/** What was looked at and what was found, worst first, each with what to do. */
function auditSummary({ findings, decision, parts }, repository) {
    const count = (level) => counted(findings.filter((finding) => finding.level === level).length, level);
    return [
        `## Audit of ${(0,markdown/* escapeMarkdown */.FV)(repository)}: ${decision === 'approved' ? 'in order' : 'not in order'}`,
        '',
        `${count('error')}, ${count('warning')}, ${count('note')}. Looked at: ${parts
            .map((part) => part.toLowerCase())
            .join(', ')}.`,
        '',
        ...(findings.length === 0 ? [] : [(0,markdown/* table */.tp)(['', 'found', 'where', 'what to do'], findings.map(row)), '']),
    ].join('\n');
}
function row(finding) {
    const { level, status, message, file, line, next } = finding;
    return [
        status === 'unknown' ? '❔&nbsp;unknown' : SHOWN[level],
        (0,markdown/* escapeMarkdown */.FV)(message),
        file === undefined ? 'GitHub’s settings' : (0,markdown/* code */.aY)(line === undefined ? file : `${file}:${line}`),
        (0,markdown/* escapeMarkdown */.FV)(next),
    ];
}

;// CONCATENATED MODULE: ./build/actions/gate-approval/src/repository.js







/** Makes GitHub enforce the policy, or shows what that would change. */
async function runProvision(inputs, ports) {
    const { api, run } = await (0,connection/* requireConnection */.g5)(inputs, ports);
    const dryRun = inputs['dry-run'];
    if (run.eventName.startsWith('pull_request') && !dryRun) {
        throw new errors/* UserError */.yo("A pull request's own policy is not in force", {
            code: 'policy-not-in-force',
            fix: 'Provision on the default branch; on pull requests set dry-run: true.',
        });
    }
    const outcome = await provision({
        policy: await readPolicy(inputs.policy),
        repository: run.repository,
        dryRun,
        loosen: inputs.loosen,
    }, api, ports);
    const reasons = [
        ...(dryRun ? outcome.changes.map(({ action, target }) => `${target}: to ${action}`) : []),
        ...outcome.problems,
    ];
    const failed = !dryRun && outcome.problems.length > 0;
    const summary = provisionSummary(outcome, `${run.repository.owner}/${run.repository.repo}`);
    return {
        outputs: {
            ...nothing,
            decision: reasons.length === 0 ? 'approved' : 'refused',
            reasons: JSON.stringify(reasons),
            report: await writeReport('provision.md', summary),
        },
        summary,
        ...(failed ? { failure: `Not protected as the policy says: ${outcome.problems.join('; ')}.` } : {}),
    };
}
/** Compares what GitHub enforces with the policy. */
async function runAudit(inputs, ports) {
    const { api, run } = await (0,connection/* requireConnection */.g5)(inputs, ports);
    const policy = await readPolicy(inputs.policy);
    const outcome = await audit({ policy, repository: run.repository }, api, ports);
    const errors = outcome.findings.filter((finding) => finding.level === 'error');
    const summary = auditSummary(outcome, `${run.repository.owner}/${run.repository.repo}`);
    const sarif = `${JSON.stringify(auditSarif(outcome.findings, inputs.policy), null, 2)}\n`;
    return {
        outputs: {
            ...nothing,
            decision: outcome.decision,
            reasons: JSON.stringify(errors.map((finding) => finding.message)),
            report: await writeReport('audit.md', summary),
            'audit-sarif': await writeReport('audit.sarif', sarif),
        },
        summary,
        ...(outcome.decision === 'refused'
            ? { failure: `Refused: ${errors.map((finding) => finding.message).join('; ')}.` }
            : {}),
    };
}
/** What these modes have nothing to say about. */
const nothing = {
    facts: undefined,
    vsa: undefined,
    'audit-sarif': undefined,
    'image-name': undefined,
    digest: undefined,
    score: undefined,
    cases: undefined,
    signatures: undefined,
};
async function readPolicy(file) {
    const text = await (0,promises_.readFile)(file, 'utf8').catch((cause) => {
        throw new errors/* UserError */.yo(`The policy ${file} cannot be read`, {
            code: 'policy-not-found',
            fix: 'Check the input policy, and that the job checked out the repository.',
            cause,
        });
    });
    return (0,policy_file/* parsePolicy */.O)(text, external_node_path_.basename(file));
}
async function writeReport(name, text) {
    const folder = external_node_path_.join(process.env.RUNNER_TEMP ?? '.', 'gate-approval');
    await (0,promises_.mkdir)(folder, { recursive: true });
    const file = external_node_path_.join(folder, name);
    await (0,promises_.writeFile)(file, text);
    return file;
}


/***/ }),

/***/ 3514:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   bt: () => (/* binding */ listFolder),
/* harmony export */   jw: () => (/* binding */ codeOwnersErrors),
/* harmony export */   kj: () => (/* binding */ readCodeOwners),
/* harmony export */   yR: () => (/* binding */ readText)
/* harmony export */ });
/* harmony import */ var _failure_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5773);

/** Larger files come without their content. */
const LARGEST_FILE = 1024 * 1024;
/**
 * A text file of the repository at a commit.
 *
 * @returns undefined when there is none
 */
async function readText(api, name, path, ref) {
    try {
        const route = 'GET /repos/{owner}/{repo}/contents/{path}';
        const { data } = await api.request(route, { ...name, path, ref });
        if (Array.isArray(data) || data.type !== 'file') {
            throw new _failure_js__WEBPACK_IMPORTED_MODULE_0__/* .Incomplete */ .nd(`${path} is not a file`);
        }
        if (data.size > LARGEST_FILE || data.encoding !== 'base64') {
            throw new _failure_js__WEBPACK_IMPORTED_MODULE_0__/* .Incomplete */ .nd(`${path} is larger than 1 MiB`);
        }
        return Buffer.from(data.content, 'base64').toString('utf8');
    }
    catch (error) {
        if ((0,_failure_js__WEBPACK_IMPORTED_MODULE_0__/* .httpStatus */ .nG)(error) === 404) {
            return undefined;
        }
        throw error;
    }
}
/** Names of the files directly in a folder; empty when there is none. */
async function listFolder(api, name, path, ref) {
    try {
        const route = 'GET /repos/{owner}/{repo}/contents/{path}';
        const { data } = await api.request(route, { ...name, path, ref });
        return Array.isArray(data)
            ? data.filter((entry) => entry.type === 'file').map((entry) => entry.path)
            : [];
    }
    catch (error) {
        if ((0,_failure_js__WEBPACK_IMPORTED_MODULE_0__/* .httpStatus */ .nG)(error) === 404) {
            return [];
        }
        throw error;
    }
}
/** Where GitHub looks for code owners, in this order. */
const CODEOWNERS = ['.github/CODEOWNERS', 'CODEOWNERS', 'docs/CODEOWNERS'];
/** The file of code owners at a commit. */
async function readCodeOwners(api, name, ref) {
    for (const path of CODEOWNERS) {
        const text = await readText(api, name, path, ref);
        if (text !== undefined) {
            return { path, text };
        }
    }
    return undefined;
}
/** What GitHub finds wrong in it. */
async function codeOwnersErrors(api, name, ref) {
    try {
        const { data } = await api.request('GET /repos/{owner}/{repo}/codeowners/errors', { ...name, ref });
        return data.errors.map(({ path, line, kind, source }) => `${path}:${line} ${kind}${source ? `: ${source.trim()}` : ''}`.slice(0, 300));
    }
    catch (error) {
        // There is no such file.
        if ((0,_failure_js__WEBPACK_IMPORTED_MODULE_0__/* .httpStatus */ .nG)(error) === 404) {
            return [];
        }
        throw error;
    }
}


/***/ }),

/***/ 5:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Qo: () => (/* binding */ readEnvironment),
/* harmony export */   RJ: () => (/* binding */ readApprovals),
/* harmony export */   l9: () => (/* binding */ listBranchPolicies)
/* harmony export */ });
/* harmony import */ var _access_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3241);
/* harmony import */ var _api_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5987);
/* harmony import */ var _people_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(5692);



/** A protected environment as it is configured now. */
async function readEnvironment(api, name, environment) {
    const route = 'GET /repos/{owner}/{repo}/environments/{environment_name}';
    const { data } = await api.request(route, { ...name, environment_name: environment });
    const rules = (data.protection_rules ?? []);
    const required = rules.find((rule) => rule.type === 'required_reviewers');
    const policy = data.deployment_branch_policy;
    return {
        waitTimer: rules.find((rule) => rule.type === 'wait_timer')?.wait_timer ?? 0,
        reviewers: (required?.reviewers ?? []).map(({ type, reviewer }) => type === 'Team'
            ? { type: 'Team', name: `${name.owner}/${reviewer?.slug ?? ''}`.toLowerCase() }
            : { type: 'User', name: reviewer?.login ?? '' }),
        preventSelfReview: required?.prevent_self_review ?? false,
        // Not in GitHub's description, though GitHub sends it; true is GitHub's default.
        adminsCanBypass: data.can_admins_bypass ?? true,
        refPolicy: policy ? (policy.custom_branch_policies ? 'custom' : 'protected') : 'all',
        refs: policy?.custom_branch_policies ? await branchPolicies(api, name, environment) : [],
    };
}
async function branchPolicies(api, name, environment) {
    const listed = await listBranchPolicies(api, name, environment);
    return listed.map(({ pattern, type }) => ({ type, pattern }));
}
async function listBranchPolicies(api, name, environment) {
    const policies = [];
    const route = 'GET /repos/{owner}/{repo}/environments/{environment_name}/deployment-branch-policies';
    const pages = api.paginate.iterator(route, { ...name, environment_name: environment, per_page: _api_js__WEBPACK_IMPORTED_MODULE_0__/* .PAGE */ .K });
    for await (const { data } of pages) {
        for (const { id, name: pattern, type } of data) {
            policies.push({ id: id ?? 0, pattern: pattern ?? '', type: type ?? 'branch' });
        }
    }
    return policies;
}
/** Who approved or rejected the deployments of a run. */
async function readApprovals(api, name, runId) {
    const route = 'GET /repos/{owner}/{repo}/actions/runs/{run_id}/approvals';
    const { data } = await api.request(route, { ...name, run_id: runId });
    const permissionOf = (0,_access_js__WEBPACK_IMPORTED_MODULE_1__/* .permissionLookup */ .s)(api, name);
    const approvals = [];
    for (const { state, user, comment, environments } of data) {
        const person = (0,_people_js__WEBPACK_IMPORTED_MODULE_2__/* .personOf */ .Re)(user);
        approvals.push({
            state,
            user: person,
            environments: environments.flatMap((environment) => environment.name ?? []),
            ...(comment ? { comment } : {}),
            ...(person.login !== undefined && person.type === 'User'
                ? { permission: await permissionOf(person.login) }
                : {}),
        });
    }
    return approvals;
}


/***/ })

};
