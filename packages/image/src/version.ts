/** Of the engine; part of the provenance, of the SBOM and of the cache's key. */
export const ENGINE_VERSION = '0.1.0';
