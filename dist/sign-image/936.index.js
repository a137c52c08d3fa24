export const id = 936;
export const ids = [936];
export const modules = {

/***/ 74936:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  checkApproval: () => (/* reexport */ checkApproval)
});

// UNUSED EXPORTS: collectReleaseFacts, decideMerge, decideOnMerge, decideOnRelease, decideRelease, environmentTeams, factsOf, known, matchesGlob, mergeTeams, ownerTeams, ownersOf, parseCodeOwners, parseFacts, parsePolicy, parseVerificationSummary, readVerificationSummary, replayMerge

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(77598);
// EXTERNAL MODULE: ./build/packages/host/src/errors.js
var errors = __webpack_require__(82151);
// EXTERNAL MODULE: ./build/packages/evidence/src/bundle.js
var src_bundle = __webpack_require__(78545);
// EXTERNAL MODULE: ./build/packages/evidence/src/statement.js
var src_statement = __webpack_require__(71684);
// EXTERNAL MODULE: ./node_modules/zod/v4/classic/schemas.js + 11 modules
var schemas = __webpack_require__(92857);
// EXTERNAL MODULE: ./node_modules/zod/v4/core/api.js
var api = __webpack_require__(43759);
;// CONCATENATED MODULE: ./node_modules/zod/v4/classic/iso.js



function datetime(params) {
    return api/* _isoDateTime */.G1(schemas/* ZodISODateTime */.You, params);
}
function date(params) {
    return core._isoDate(ZodISODate, params);
}
function time(params) {
    return core._isoTime(ZodISOTime, params);
}
function duration(params) {
    return core._isoDuration(ZodISODuration, params);
}

;// CONCATENATED MODULE: ./build/packages/policy/src/release/vsa.js



/** Who verifies: this project's gate. */
const VERIFIER = 'https://github.com/golden-image-actions/gate-approval';
/**
 * SLSA verification summary v1 of an approved release. Source: slsa.dev/spec/v1.0/verification_summary.
 * The level is what signed provenance alone proves; a hosted, isolated builder is not claimed.
 */
function verificationSummary(request) {
    return createStatement({
        subject: { name: request.disk.name, digest: { sha256: request.disk.sha256 } },
        predicateType: predicateTypes.verificationSummary,
        predicate: {
            verifier: { id: VERIFIER },
            timeVerified: request.timeVerified,
            resourceUri: request.resourceUri,
            policy: { uri: request.policy.uri, digest: { sha256: request.policy.sha256 } },
            inputAttestations: request.inputs.map(({ uri, sha256 }) => ({ uri, digest: { sha256 } })),
            verificationResult: 'PASSED',
            verifiedLevels: [request.hasProvenance ? 'SLSA_BUILD_LEVEL_1' : 'SLSA_BUILD_LEVEL_0'],
            slsaVersion: '1.0',
        },
    });
}
const summarySchema = schemas/* looseObject */._H3({
    verifier: schemas/* looseObject */._H3({ id: schemas/* string */.YjP() }),
    timeVerified: datetime(),
    resourceUri: schemas/* string */.YjP(),
    policy: schemas/* looseObject */._H3({ uri: schemas/* string */.YjP(), digest: schemas/* looseObject */._H3({ sha256: schemas/* string */.YjP() }) }),
    inputAttestations: schemas/* array */.YOg(schemas/* looseObject */._H3({ uri: schemas/* string */.YjP(), digest: schemas/* looseObject */._H3({ sha256: schemas/* string */.YjP() }) }))
        .default([]),
    verificationResult: schemas/* enum */.k5n(['PASSED', 'FAILED']),
    verifiedLevels: schemas/* array */.YOg(schemas/* string */.YjP()),
});
/**
 * Reads a signed verification summary: believes nothing before the signature holds, and takes it only for a disk with
 * this digest, by this gate, with the result PASSED.
 *
 * @param bundle text of `vsa.intoto.sigstore.json`
 * @param sha256 of the disk, in hex
 * @throws UserError `invalid-bundle`, `signature-mismatch`, `invalid-summary` (another type, verifier, result),
 *   `digest-mismatch` (of another disk)
 */
function readVerificationSummary(bundle, key, sha256) {
    return parseVerificationSummary((0,src_bundle/* verifyStatementBundle */.X3)(bundle, { publicKey: key }).payload, sha256);
}
/**
 * The same for the payload of an envelope whose signature was checked elsewhere (keyless).
 *
 * @throws UserError `invalid-summary`, `digest-mismatch`
 */
function parseVerificationSummary(payload, sha256) {
    const statement = parse(src_statement/* statementSchema */.t, Buffer.from(payload).toString('utf8'));
    if (statement.predicateType !== src_statement/* predicateTypes */.ZR.verificationSummary) {
        throw invalid(`it is of the type ${statement.predicateType}`);
    }
    const summary = parse(summarySchema, JSON.stringify(statement.predicate));
    if (summary.verifier.id !== VERIFIER) {
        throw invalid(`it is by the verifier ${summary.verifier.id}`);
    }
    if (summary.verificationResult !== 'PASSED') {
        throw invalid(`its result is ${summary.verificationResult}`);
    }
    const subjects = statement.subject.map(({ digest }) => digest.sha256);
    if (!subjects.includes(sha256)) {
        throw new errors/* UserError */.yo(`The verification summary is about sha256:${subjects.join(', sha256:')}, not sha256:${sha256}`, {
            code: 'digest-mismatch',
            fix: 'Run gate-approval in release mode on this very disk, and pass its summary.',
        });
    }
    return { ...summary, subjects };
}
function parse(schema, text) {
    try {
        return schema.parse(JSON.parse(text));
    }
    catch (cause) {
        throw invalid('its content is not that of a verification summary', cause);
    }
}
function invalid(why, cause) {
    return new errors/* UserError */.yo(`The verification summary is not accepted: ${why}`, {
        code: 'invalid-summary',
        fix: 'Pass the vsa.intoto.sigstore.json that gate-approval wrote after an approval, with signing set.',
        ...(cause === undefined ? {} : { cause }),
    });
}

;// CONCATENATED MODULE: ./build/packages/policy/src/release/approval.js



/** How far clocks of machines may differ, in milliseconds. */
const CLOCK_TOLERANCE = 5 * 60_000;
/**
 * Checks that an image was approved: the gate's signed verification summary, passed, about exactly this disk, image and
 * version.
 *
 * @throws UserError `not-approved` with what does not fit
 */
function checkApproval(request) {
    const refuse = (why, cause) => new errors/* UserError */.yo(`${request.image} ${request.version} is not approved: ${why}`, {
        code: 'not-approved',
        fix: 'Pass the signed verification summary that gate-approval wrote for this image (output vsa, with the input signing), and the public key of the gate.',
        ...(cause === undefined ? {} : { cause }),
    });
    const { subjects, timeVerified, resourceUri, policy, inputAttestations } = readSummary(request, refuse);
    if (subjects.length !== 1) {
        throw refuse(`the summary is about ${subjects.length} disks, not about this one alone`);
    }
    const expected = `pkg:generic/${encodeURIComponent(request.image)}@${encodeURIComponent(request.version)}`;
    if (resourceUri !== expected) {
        throw refuse(`the summary is about ${resourceUri}, not ${expected}`);
    }
    if (Date.parse(timeVerified) > request.now.getTime() + CLOCK_TOLERANCE) {
        throw refuse(`the summary is of ${timeVerified}, which is in the future: compare the clocks of the machines`);
    }
    const digests = [policy, ...inputAttestations].map(({ digest }) => digest.sha256);
    if (digests.some((digest) => !/^[0-9a-f]{64}$/.test(digest))) {
        throw refuse('the summary names a policy or evidence without a SHA-256 digest');
    }
    const [policyDigest = '', ...evidence] = digests;
    return {
        policyDigest,
        evidence: [(0,external_node_crypto_.createHash)('sha256').update(request.bundle).digest('hex'), ...evidence],
        timeVerified,
    };
}
/** The summary, by whichever of the keys signed it. */
function readSummary({ bundle, keys, disk }, refuse) {
    const failures = [];
    for (const key of keys) {
        try {
            return readVerificationSummary(bundle, key, disk.sha256);
        }
        catch (error) {
            failures.push(error);
        }
    }
    // What is wrong with a summary that one key has signed says more than that another key has not.
    const told = failures.find((error) => error instanceof errors/* UserError */.yo && error.code !== 'signature-mismatch') ??
        failures[0];
    throw refuse(told === undefined ? 'there is no public key to check its summary with' : (0,errors/* describeError */.Uc)(told).message, told);
}

;// CONCATENATED MODULE: ./build/packages/policy/src/index.js















/***/ })

};
