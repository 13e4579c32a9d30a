import { TextDocument } from 'vscode-languageserver-textdocument';
import { type Findings, findingsIn, Overtaken } from './diagnostics.ts';
import type { RepairOrder } from './repair.ts';
import type { Analysis } from './services.ts';
import { workspaceOf } from './workspace.ts';

/** The files of an editor at a moment, and those among them that are to be looked at: plain data. */
export interface Round {
  /** Grows from round to round. */
  readonly number: number;
  readonly documents: readonly { readonly uri: string; readonly text: string }[];
  readonly folders: readonly string[];
  /** Paths of open files. */
  readonly files: readonly string[];
}

/** What was found out about one file: first what is wrong with it, then what running it comes to. */
export type Told = { readonly number: number; readonly file: string } & (
  | { readonly findings: Findings }
  /** By the name of an experiment or sweep that the file declares. */
  | { readonly outlooks: Readonly<Record<string, string>> }
);

/** Works beside the server, which goes on answering. */
export interface Analyser {
  /** A round; what was begun before is given up, and nothing more is told of it. */
  readonly analyse: (round: Round) => void;
  /** A file after its safe fixes; what was begun before is given up. `undefined` where something changes before it is done. */
  readonly repair: (order: Omit<RepairOrder, 'number'>) => Promise<string | undefined>;
  /** Nothing is to be told until the next round. */
  readonly cancel: () => void;
}

/**
 * Looks at the files of a round, findings of all of them first. It ends early once the round is overtaken; what terms and
 * networks came to is remembered, so that the next round goes on where this one ended.
 */
export async function analyse(
  { number, documents, folders, files }: Round,
  services: Analysis,
  isOvertaken: () => boolean,
  tell: (told: Told) => void,
): Promise<void> {
  const open = documents.map(({ uri, text }) => TextDocument.create(uri, 'dml', 1, text));
  const workspace = workspaceOf({ all: () => open }, () => folders, services);
  const checkpoint = () => {
    if (isOvertaken()) throw new Overtaken();
  };
  // Rules ask all at once; one question after the other, so that none is begun once the round is overtaken.
  let turn: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(question: () => Promise<T>): Promise<T> => {
    const answer = turn.then(() => {
      checkpoint();
      return question();
    });
    turn = answer.catch(() => undefined);
    return answer;
  };
  const analysis: Analysis = {
    ...services,
    witness: (...question) => inTurn(() => services.witness(...question)),
    laws: (...question) => inTurn(() => services.laws(...question)),
  };
  try {
    const programs = [];
    for (const file of files) {
      checkpoint();
      const { program, ...findings } = await findingsIn(file, workspace, analysis);
      tell({ number, file, findings });
      programs.push({ file, program });
    }
    for (const { file, program } of programs) {
      const outlooks: Record<string, string> = {};
      for (const subject of [...(program?.experiments ?? []), ...(program?.sweeps ?? [])]) {
        checkpoint();
        const text = await services.outlook(subject, file);
        if (text !== undefined) outlooks[subject.name] = text;
      }
      tell({ number, file, outlooks });
    }
  } catch (error) {
    if (!(error instanceof Overtaken)) throw error;
  }
}
