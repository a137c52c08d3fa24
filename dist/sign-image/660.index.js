export const id = 660;
export const ids = [660];
export const modules = {

/***/ 5660:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   verify: () => (/* binding */ verify)
/* harmony export */ });
/* harmony import */ var _golden_image_evidence__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1898);
/* harmony import */ var _golden_image_evidence__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(56439);
/* harmony import */ var _golden_image_evidence__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(5514);
/* harmony import */ var _golden_image_host__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(82151);
/* harmony import */ var _approval_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(70598);
/* harmony import */ var _outcome_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(2253);
/* harmony import */ var _summary_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(22288);





/** Checks the image against the keys and identities given; the step fails when anything is not proven. */
async function verify(image, inputs, ports) {
    const { folder, disk, artefacts } = image;
    const permit = await (0,_approval_js__WEBPACK_IMPORTED_MODULE_0__/* .requiredApproval */ .f)(image, inputs, ports);
    const trust = await trustOf(inputs, ports);
    const report = await (0,_golden_image_evidence__WEBPACK_IMPORTED_MODULE_2__/* .verifyFolder */ .M)({ folder, disk, artefacts, ...trust }, ports);
    const proof = (0,_golden_image_evidence__WEBPACK_IMPORTED_MODULE_3__/* .judgeReport */ .w)(report, { disk, ...trust });
    const expected = inputs['expected-sha256']?.toLowerCase();
    const wrong = expected !== undefined && proof.sha256 !== expected
        ? [`${disk} is sha256:${proof.sha256}, expected sha256:${expected}`]
        : [];
    const problems = [...wrong, ...refusal(permit, proof.sha256), ...proof.problems];
    return {
        outputs: {
            ...{ checksums: '', signatures: '', bundles: '', attestations: '', 'attestation-urls': '' },
            ...{ 'public-keys': '', 'trusted-root': '', 'verify-commands': '' },
            sha256: proof.sha256,
            methods: (0,_outcome_js__WEBPACK_IMPORTED_MODULE_4__/* .methodNames */ .A)(proof.provenBy),
            identity: proof.provenBy.find((entry) => entry.issuer !== undefined)?.by,
            issuer: proof.provenBy.find((entry) => entry.issuer !== undefined)?.issuer,
        },
        summary: (0,_summary_js__WEBPACK_IMPORTED_MODULE_1__/* .verifySummary */ .p)((0,_outcome_js__WEBPACK_IMPORTED_MODULE_4__/* .title */ .D)(image), report, proof, problems),
        ...(problems.length > 0 ? { failure: `${(0,_outcome_js__WEBPACK_IMPORTED_MODULE_4__/* .title */ .D)(image)} is not proven: ${problems.join('; ')}` } : {}),
    };
}
/** Why the gate's approval does not hold for the disk; a missing disk is a problem of its own. */
function refusal(permit, sha256) {
    try {
        permit?.(sha256 ?? '');
        return [];
    }
    catch (error) {
        return [(0,_golden_image_host__WEBPACK_IMPORTED_MODULE_5__/* .describeError */ .Uc)(error).message];
    }
}
async function trustOf(inputs, ports) {
    const { identity, issuer, 'public-key': publicKey, 'trusted-root': trustedRoot } = inputs;
    if (!publicKey && !identity) {
        throw new _golden_image_host__WEBPACK_IMPORTED_MODULE_5__/* .UserError */ .yo('Verifying needs public-key or identity', {
            code: 'key-missing',
            fix: 'Pass the public keys or the identity of the image maintainers, got from elsewhere than the image itself.',
        });
    }
    return (0,_golden_image_evidence__WEBPACK_IMPORTED_MODULE_6__/* .readTrust */ .bn)({ publicKey, identity, issuer, trustedRoot }, ports);
}


/***/ })

};
