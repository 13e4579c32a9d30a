/** Files of a wanted length, for `dml` and for its peers: the same number of declarations, each of some ten fields. */

export interface Peer {
  readonly name: string;
  readonly extension: string;
  /** A declaration of `linesEach` lines and a blank one. */
  readonly declaration: (index: number) => string;
  readonly head: string;
}

const linesEach = 12;

export const languages = {
  dml: {
    name: 'dml check',
    extension: 'dml',
    head: 'dml 1\n\ndataset shapes {\n  source: phantom(cases: 60, raters: 4)\n}\n\nlet voted = raters |> majority\nlet mean = raters |> average\n',
    declaration: (i) => `
experiment e${i} {
  data:      shapes
  labels:    mean
  model:     unet(depth: 3, width: ${4 + i})
  loss:      0.25 ce + 0.75 dml1(smooth: 1)
  optimizer: sgd(rate: 1e-2, momentum: 0.9, decay: 5e-4)
  schedule:  warmup(1%, from: 1e-6) then poly(power: 0.9)
  train:     300 steps
  batch:     4
  evaluate:  dice on voted, bdice on mean, ece on mean
}
`,
  },
  tsp: {
    name: 'tsp compile --no-emit',
    extension: 'tsp',
    head: '',
    declaration: (i) => `\nmodel E${i} {\n${fields((j) => `  field${j}?: string = "value ${j}";`)}}\n`,
  },
  biome: {
    name: 'biome check',
    extension: 'ts',
    head: '',
    declaration: (i) => `\nexport const e${i} = {\n${fields((j) => `  field${j}: 'value ${j}',`)}};\n`,
  },
  prisma: {
    name: 'prisma validate',
    extension: 'prisma',
    head: 'datasource db {\n  provider = "postgresql"\n  url      = env("DATABASE_URL")\n}\n',
    declaration: (i) =>
      `\nmodel E${i} {\n  id Int @id\n${fields((j) => `  field${j} String @default("value ${j}")`, 8)}}\n`,
  },
} satisfies Record<string, Peer>;

function fields(field: (index: number) => string, count = 9): string {
  return Array.from({ length: count }, (_, j) => `${field(j)}\n`).join('');
}

/** A right file of about so many lines. */
export const fileOf = ({ head, declaration }: Peer, lines: number): string =>
  head +
  Array.from({ length: Math.max(1, Math.round(lines / linesEach)) }, (_, i) => declaration(i)).join('');
