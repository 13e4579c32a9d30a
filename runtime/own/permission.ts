import { homeFolder } from '../home.ts';
import { storeError } from '../store/files.ts';
import { keep, recall } from './home.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Whether the user has allowed to run this code: asked once, by hash of the file and all that it imports, so that a file
 * that was changed asks again.
 */
export const isAllowed = (code: string, env: Environment): boolean =>
  recall('allowed', code, env) !== undefined;

/** Records the answer, in the user's folder: a project cannot bring its own permission. Throws a StoreError. */
export function allow(code: string, file: string, env: Environment): void {
  try {
    keep('allowed', code, { file }, env);
  } catch (error) {
    throw storeError(error, homeFolder(env), 'write');
  }
}
