/** A commit on top of `expectedHeadOid`, or none. `scripts/slice-github-api.ts` cuts GitHub's schema down to it too. */
export const COMMIT_MUTATION = /* GraphQL */ `
  mutation ($input: CreateCommitOnBranchInput!) {
    createCommitOnBranch(input: $input) {
      commit {
        oid
      }
    }
  }
`;
