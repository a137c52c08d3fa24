/** What only GraphQL knows. `scripts/slice-github-api.ts` cuts GitHub's schema down to what stands here. */
export const queries = {
  /** Everyone who had a hand in each commit: co-authors are attributed by GitHub itself. */
  commits: /* GraphQL */ `
    query Commits($ids: [ID!]!) {
      nodes(ids: $ids) {
        __typename
        ... on Commit {
          oid
          message
          authors(first: 100) {
            totalCount
            nodes {
              name
              email
              user {
                login
              }
            }
          }
          committer {
            name
            email
            user {
              login
            }
          }
          signature {
            isValid
            wasSignedByGitHub
          }
          associatedPullRequests(first: 20) {
            totalCount
            nodes {
              number
              author {
                __typename
                login
              }
              headRefName
              headRepository {
                name
                owner {
                  login
                }
              }
              mergedAt
            }
          }
        }
      }
    }
  `,
  /** Which pull requests a merge group holds. */
  mergeQueue: /* GraphQL */ `
    query MergeQueue($owner: String!, $repo: String!, $branch: String!, $after: String) {
      repository(owner: $owner, name: $repo) {
        mergeQueue(branch: $branch) {
          entries(first: 100, after: $after) {
            pageInfo {
              hasNextPage
              endCursor
            }
            nodes {
              position
              headCommit {
                oid
              }
              pullRequest {
                number
              }
            }
          }
        }
      }
    }
  `,
} as const;
