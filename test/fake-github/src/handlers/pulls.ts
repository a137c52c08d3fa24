import { type Call, type Handlers, REPOSITORY, repositoryOf } from '../handler.ts';
import { commitsOf } from '../history.ts';
import { created, ok, page, Refusal, required } from '../reply.ts';
import { fileView, fullPullView, reviewView, userByLogin } from '../views.ts';
import { type Comment, nextId, type Pull } from '../world.ts';

function pullOf(call: Call): Pull {
  const number = Number(call.parameters.pull_number);
  return required(repositoryOf(call).pulls.find((pull) => pull.number === number));
}

/** GitHub lists at most this many files of a pull request. */
const LISTED_FILES = 3000;

/** Pull requests, their reviews and comments. */
export const pullHandlers: Handlers = {
  [`GET ${REPOSITORY}/pulls/{pull_number}`]: (call) => {
    const pull = pullOf(call);
    return ok(fullPullView(call.world, pull, commitsOf(repositoryOf(call), pull).length));
  },

  [`GET ${REPOSITORY}/pulls/{pull_number}/files`]: (call) =>
    page(call.url, pullOf(call).files.slice(0, LISTED_FILES).map(fileView)),

  [`GET ${REPOSITORY}/pulls/{pull_number}/reviews`]: (call) => {
    const pull = pullOf(call);
    const visible = pull.reviews.filter((review) => review.state !== 'PENDING');
    return page(
      call.url,
      visible.map((review) => reviewView(call.world, review, pull)),
    );
  },

  [`GET ${REPOSITORY}/issues/{issue_number}/comments`]: (call) => {
    const number = Number(call.parameters.issue_number);
    const entries = repositoryOf(call).comments.filter((comment) => comment.issue === number);
    return page(
      call.url,
      entries.map((entry) => commentView(call, entry)),
    );
  },

  [`POST ${REPOSITORY}/issues/{issue_number}/comments`]: (call) => {
    const repository = repositoryOf(call);
    const issue = Number(call.parameters.issue_number);
    required(repository.pulls.find((pull) => pull.number === issue));
    const entry: Comment = {
      id: nextId(repository.comments),
      issue,
      login: call.token.login,
      body: call.body.body,
      at: call.now(),
    };
    repository.comments.push(entry);
    return created(commentView(call, entry));
  },

  [`PATCH ${REPOSITORY}/issues/comments/{comment_id}`]: (call) => {
    const id = Number(call.parameters.comment_id);
    const entry = required(repositoryOf(call).comments.find((comment) => comment.id === id));
    if (entry.login !== call.token.login) {
      throw new Refusal(403, 'Must have admin rights to Repository.');
    }
    entry.body = call.body.body;
    return ok(commentView(call, entry));
  },
};

function commentView({ world }: Call, { id, login, body, at }: Comment): Record<string, unknown> {
  return { id, body, user: userByLogin(world, login), created_at: at, updated_at: at };
}
