export const id = 86;
export const ids = [86];
export const modules = {

/***/ 4086:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   requestToken: () => (/* binding */ requestToken)
/* harmony export */ });
/* harmony import */ var _actions_http_client__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(42545);
/* harmony import */ var _actions_http_client_lib_auth__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(30112);


/** GitHub's own client waits 5 ms, 10 ms, … between attempts. */
const RETRIES = 10;
/**
 * Asks GitHub for an OIDC token of this job. What `getIDToken` of @actions/core does, in a file that is loaded when a token
 * is needed: that package brings an HTTP client into everything that mentions the function, a quarter of an action's start.
 *
 * Source: GitHub's documentation, "OpenID Connect reference", methods for requesting the OIDC token.
 *
 * @throws Error when the service refuses, or answers without a token
 */
async function requestToken(service, audience) {
    const address = new URL(service.url);
    address.searchParams.set('audience', audience);
    const client = new _actions_http_client__WEBPACK_IMPORTED_MODULE_0__/* .HttpClient */ .Qq('golden-image-actions', [new _actions_http_client_lib_auth__WEBPACK_IMPORTED_MODULE_1__/* .BearerCredentialHandler */ .tZ(service.requestToken)], {
        allowRetries: true,
        maxRetries: RETRIES,
        socketTimeout: 30_000,
    });
    try {
        const { result } = await client.getJson(address.href);
        if (typeof result?.value !== 'string' || result.value === '') {
            throw new Error('the answer has no token');
        }
        return result.value;
    }
    finally {
        client.dispose();
    }
}


/***/ })

};
