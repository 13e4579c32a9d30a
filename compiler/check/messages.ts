import { catalogue, text } from '../../grammar/diagnostic.ts';
import { compareEntries } from './compare-messages.ts';

/**
 * Everything that checking a file can find wrong. `example` is put behind a data set `shapes`, a protocol `base`
 * that leaves nothing open but `labels`, and the lets `voted` and `mean`; a test compiles each.
 */
export const messages = catalogue({
  // Names and files
  DML1201: {
    severity: 'error',
    message: text`There is nothing called \`${'name'}\` here.`,
    example: 'experiment a extends base { labels: mean  batch: sise }',
  },
  DML1202: {
    severity: 'error',
    message: text`\`${'name'}\` is declared twice.`,
    help: text`Give one of them another name.`,
    example: 'let a = 1 let a = 2',
  },
  DML1203: {
    severity: 'error',
    message: text`There is no ${'family'} called \`${'name'}\`.`,
    example: 'experiment a extends base { labels: mean  loss: dlm1 }',
  },
  DML1204: {
    severity: 'error',
    message: text`\`${'name'}\` comes from two places, one of them "${'path'}".`,
    help: text`Write \`use "${'path'}" as …\` to give its names a space of their own.`,
    example: 'use "./other.dml" let soft = 1',
  },
  DML1205: {
    severity: 'error',
    message: text`There is no file "${'path'}".`,
    help: text`The path is relative to the file that uses it.`,
    example: 'use "./missing.dml"',
  },
  DML1206: {
    severity: 'error',
    message: text`"${'path'}" lies outside the project.`,
    help: text`Paths of \`use\` are relative to the file and stay inside the project's folder.`,
    example: 'use "../../elsewhere.dml"',
  },
  DML1207: {
    severity: 'error',
    message: text`Files use each other in a circle: ${'way'}.`,
    help: text`Move what both need to a third file.`,
    example: 'use "./circle.dml"',
  },
  DML1208: {
    severity: 'error',
    message: text`\`${'name'}\` needs itself: ${'way'}.`,
    help: text`A name must not lead back to itself.`,
    example: 'let a = 0.5 b let b = a',
  },
  DML1209: {
    severity: 'error',
    message: text`This version does not support ${'feature'} yet.`,
    example: 'dataset a extends shapes { spacing: 1 x 1 }',
  },
  DML1210: {
    severity: 'error',
    message: text`There is no unit \`${'unit'}\`.`,
    example: 'experiment a extends base { labels: mean  train: 5 epocs }',
  },
  DML1211: {
    severity: 'error',
    message: text`There is no kind of declaration called \`${'keyword'}\`.`,
    example: 'experimnt a extends base { labels: mean }',
  },

  // Fields and options
  DML1212: {
    severity: 'error',
    message: text`${'block'} has no field \`${'field'}\`.`,
    example: 'experiment a extends base { label: mean }',
  },
  DML1213: {
    severity: 'error',
    message: text`\`${'path'}\` is given twice.`,
    help: text`Keep one of them.`,
    example: 'experiment a extends base { labels: mean  batch: 2  batch: 4 }',
  },
  DML1214: {
    severity: 'error',
    message: text`\`${'path'}\` changes a part of \`${'field'}\`, which is given whole in the same block.`,
    help: text`Write the part into the value of \`${'field'}\`.`,
    example: 'experiment a extends base { labels: mean  model: unet  model.width: 8 }',
  },
  DML1215: {
    severity: 'error',
    message: text`\`${'path'}\` changes a part of \`${'field'}\`, which nothing has given.`,
    help: text`Give \`${'field'}\` first, here or in a parent.`,
    example: 'protocol a { model.width: 8 }',
  },
  DML1216: {
    severity: 'error',
    message: text`\`${'field'}\` has no part \`${'part'}\`: it has ${'has'}.`,
    example:
      'experiment a extends base { labels: mean |> smooth } experiment b extends a { labels.smoth.epsilon: 0 }',
  },
  DML1217: {
    severity: 'error',
    message: text`\`${'field'}\` has \`${'part'}\` more than once, so a path does not say which.`,
    help: text`Write the whole \`${'field'}\` again.`,
    example:
      'protocol b extends base { loss: 0.5 dml1 + 0.5 dml1 on mean } protocol c extends b { loss.dml1.smooth: 0 }',
  },
  DML1218: {
    severity: 'error',
    message: text`\`${'component'}\` has no option \`${'option'}\`.`,
    example: 'experiment a extends base { labels: mean  model: unet(wdth: 8) }',
  },
  DML1219: {
    severity: 'error',
    message: text`Option \`${'option'}\` is given twice.`,
    help: text`Keep one of them.`,
    example: 'experiment a extends base { labels: mean  model: unet(width: 8, width: 16) }',
  },
  DML1220: {
    severity: 'error',
    message: text`\`${'component'}\` needs its option \`${'option'}\`: ${'expected'}.`,
    example: 'experiment a extends base { labels: mean  optimizer: sgd }',
  },
  DML1221: {
    severity: 'error',
    message: text`Only the first option of \`${'component'}\` may go without its name.`,
    help: text`Write \`name: value\`: ${'signature'}.`,
    example: 'experiment a extends base { labels: mean  model: unet(3, 8) }',
  },
  DML1222: {
    severity: 'error',
    message: text`\`${'component'}\` takes no options.`,
    help: text`Write \`${'signature'}\` alone.`,
    example: 'experiment a extends base { labels: raters |> majority(3) }',
  },
  DML1223: {
    severity: 'error',
    message: text`\`${'written'}\` belongs to a sweep, not to ${'keyword'}.`,
    help: text`Write \`sweep … of …\` with it.`,
    example: 'experiment a extends base { labels: mean  vary batch in [1, 2] }',
  },
  DML1225: {
    severity: 'error',
    message: text`\`${'name'}\` is ${'found'}, expected ${'expected'}.`,
    example: 'experiment a extends shapes { labels: mean }',
  },
  DML1226: {
    severity: 'error',
    message: text`\`${'path'}\` does not lead to one option.`,
    help: text`Write \`${'shape'}\`.`,
    example: 'experiment a extends base { labels: mean  loss.smooth: 0 }',
  },
  DML1227: {
    severity: 'error',
    message: text`The ${'keyword'} \`${'name'}\` does not say its ${'fields'}.`,
    example: 'experiment a extends base { }',
  },
  DML1228: {
    severity: 'error',
    message: text`A protocol never runs, so it cannot \`expect\` a result.`,
    help: text`Move it to an experiment.`,
    example: 'protocol a { expect: dice > 0.5 }',
  },
  DML1229: {
    severity: 'error',
    message: text`A ${'keyword'} says with \`of\` what it is made of.`,
    help: text`Write \`${'keyword'} ${'name'} of experiment\`.`,
    example: 'sweep a { vary batch in [1, 2] }',
  },
  DML1230: {
    severity: 'error',
    message: text`\`of\` belongs to sweeps; a child of another ${'keyword'} says \`extends\`.`,
    example: 'protocol a of base { batch: 2 }',
  },
  DML1231: {
    severity: 'warning',
    message: text`\`${'name'}\` hides the ${'family'} of that name.`,
    help: text`Give the let another name: after it, \`${'name'}\` means the let everywhere in the file.`,
    example: 'let poly = 0.5',
  },
  DML1232: {
    severity: 'error',
    message: text`${'message'}`,
    example: 'use "./broken.ts"',
  },
  DML1233: {
    severity: 'error',
    message: text`\`${'name'}\` of "${'path'}" is called like a ${'family'} of the language.`,
    help: text`Give yours another name, or write \`use "${'path'}" as own\` and call it \`own.${'name'}\`.`,
    example: 'use "./like-ours.ts"',
  },
  DML1240: {
    severity: 'error',
    message: text`"${'path'}" cannot be read: ${'why'}.`,
    help: text`A file that is used is text in UTF-8.`,
    example: 'use "./picture.dml"',
  },
  DML1250: {
    severity: 'warning',
    message: text`The file does not say its version of the language.`,
    help: text`Begin it with \`${'line'}\`.`,
    example: '',
  },
  DML1251: {
    severity: 'error',
    message: text`This is version 1 of the language, and the file is written in version ${'version'}.`,
    help: text`It needs a newer \`dml\`; if it does not, write \`${'line'}\`.`,
    example: 'dml 2',
  },

  // Kinds of values
  DML1301: {
    severity: 'error',
    message: text`Expected ${'expected'}, found ${'found'}.`,
    example: 'experiment a extends base { labels: mean  batch: 2.5 }',
  },
  DML1302: {
    severity: 'error',
    message: text`\`${'field'}\` takes one value.`,
    help: text`Only \`evaluate\`, \`expect\` and \`except\` take several, separated by commas.`,
    example: 'experiment a extends base { labels: mean, voted }',
  },
  DML1303: {
    severity: 'error',
    message: text`\`ignore\` is ${'value'}, which is a value of the class \`${'name'}\`.`,
    help: text`A pixel is of a class or it is ignored.`,
    example: 'dataset a extends shapes { ignore: 0 }',
  },
  DML1304: {
    severity: 'error',
    message: text`Each ${'family'} is followed by the next one with \`${'right'}\`, not with \`${'wrong'}\`.`,
    help: text`\`|>\` is what data flow through, \`then\` what follows in time.`,
    example: 'experiment a extends base { labels: mean  schedule: warmup |> poly }',
  },
  DML1305: {
    severity: 'error',
    message: text`${'value'} stands for two classes, \`${'first'}\` and \`${'second'}\`.`,
    help: text`A value of the files belongs to one class.`,
    example: 'dataset a extends shapes { classes: (background: 0, tumour: [1, 0]) }',
  },
  DML1306: {
    severity: 'error',
    message: text`\`precision\` is \`${'precision'}\`, and there is no other; found ${'found'}.`,
    help: text`Every engine computes in \`${'precision'}\`. Leave the field out, or write \`precision: ${'precision'}\`.`,
    example: 'experiment a extends base { labels: mean  precision: float16 }',
  },
  DML1310: {
    severity: 'error',
    message: text`\`${'option'}\` of \`${'component'}\` must be ${'expected'}; found ${'found'}.`,
    example: 'experiment a extends base { labels: mean  loss: dml1(smooth: -1) }',
  },
  DML1311: {
    severity: 'error',
    message: text`${'what'} is one expression, and here a second one begins.`,
    help: text`Join them with \`+\` and weights, or take one away.`,
    example: 'eval: ce, dml1',
  },

  // Mixes
  DML1320: {
    severity: 'error',
    message: text`\`${'loss'}\` gets a second target here.`,
    help: text`\`on\` goes to every term inside: take one of them away.`,
    example: 'experiment a extends base { labels: mean  loss: 0.5 (ce on voted + dml1) on mean }',
  },
  DML1321: {
    severity: 'error',
    message: text`\`${'loss'}\` gets a second head here.`,
    help: text`\`at\` goes to every term inside: take one of them away.`,
    example: 'experiment a extends base { labels: mean  loss: (ce at main) at main }',
  },
  DML1322: {
    severity: 'error',
    message: text`${'owner'} has no head \`${'head'}\`.`,
    example: 'experiment a extends base { labels: mean  loss: ce at aux }',
  },
  DML1323: {
    severity: 'error',
    message: text`A weight must be at least 0, found ${'weight'}.`,
    example: 'experiment a extends base { labels: mean  loss: -1 * ce }',
  },
  DML1324: {
    severity: 'error',
    message: text`Losses can be added, not subtracted.`,
    help: text`A mix is a sum with weights of at least 0.`,
    example: 'experiment a extends base { labels: mean  loss: ce - dml1 }',
  },
  DML1325: {
    severity: 'error',
    message: text`A loss can be multiplied with a number and divided by one; found ${'found'}.`,
    example: 'experiment a extends base { labels: mean  loss: ce * dml1 }',
  },
  DML1326: {
    severity: 'error',
    message: text`All weights of this loss are 0: there is nothing to minimise.`,
    example: 'experiment a extends base { labels: mean  loss: 0 ce }',
  },

  // Labels
  DML1330: {
    severity: 'error',
    message: text`\`raters\` are several masks a case, and labels are one.`,
    help: text`Combine them: ${'ways'}.`,
    example: 'experiment a extends base { labels: raters }',
  },
  DML1331: {
    severity: 'error',
    message: text`\`${'step'}\` works on one mask, and \`${'before'}\` are several.`,
    help: text`Combine them first, by one of ${'ways'}.`,
    example: 'experiment a extends base { labels: raters |> smooth }',
  },
  DML1332: {
    severity: 'error',
    message: text`\`${'step'}\` combines several raters, and after \`${'before'}\` there is one mask.`,
    help: text`Only the first step after \`raters\` may be one of ${'ways'}.`,
    example: 'experiment a extends base { labels: raters |> average |> average }',
  },
  DML1333: {
    severity: 'error',
    message: text`\`${'field'}\` is a field of the experiment, which only a source after \`on\` may begin with.`,
    help: text`Give what both need a name, \`let source = …\`, and use it twice.`,
    example: 'experiment a extends base { labels: teacher |> harden }',
  },
  DML1334: {
    severity: 'error',
    message: text`The step \`${'step'}\` needs hard labels, and ${'cause'} made them soft.`,
    help: text`\`harden\` makes them hard again; steps that bear soft labels: ${'others'}.`,
    example: 'experiment a extends base { labels: mean |> edges }',
  },
  DML1335: {
    severity: 'error',
    message: text`The loss \`${'loss'}\` needs hard labels, and ${'cause'} made them soft.`,
    help: text`Write \`|> harden\` behind the labels, or take a loss that bears soft ones: ${'others'}.`,
    example: 'experiment a extends base { labels: mean  loss: 0.5 dml1 + 0.5 focal }',
  },
  DML1336: {
    severity: 'error',
    message: text`The weights of a sum of label sources must add up to 1, found ${'sum'}.`,
    help: text`A sum is a label again, so it must give each pixel shares that add up to 1.`,
    example: 'experiment a extends base { labels: 0.5 voted + 0.6 mean }',
  },
  DML1337: {
    severity: 'error',
    message: text`There is no teacher here.`,
    help: text`Give the experiment one: \`teacher: distill(other)\`.`,
    example: 'experiment a extends base { labels: mean  loss: 0.5 dml1 + 0.5 dml1 on teacher }',
  },

  DML1338: {
    severity: 'error',
    message: text`\`${'step'}\` draws labels anew in every epoch, and ${'use'} must stay the same.`,
    help: text`Take it away there; \`labels\` may be drawn at random.`,
    example: 'experiment a extends base { labels: mean  evaluate: dice on (raters |> drawn) }',
  },
  DML1339: {
    severity: 'error',
    message: text`\`${'option'}\` of \`${'component'}\` has ${'found'}, and there are ${'count'}.`,
    help: text`Give one for each, in their order.`,
    example: 'experiment a extends base { labels: raters |> average(weights: [1, 2]) }',
  },

  // Teachers
  DML1360: {
    severity: 'error',
    message: text`\`distill\` takes an experiment of a file, and here is none.`,
    help: text`Write \`teacher\`: its predictions are given as arrays.`,
    example: 'eval: ce on (distill(big) |> smooth)',
  },
  DML1361: {
    severity: 'error',
    message: text`\`${'teacher'}\` cannot teach \`${'student'}\`: they differ in ${'differences'}.`,
    help: text`A teacher must know the same cases, classes and intensities, cut into the same folds.`,
    example:
      'experiment a extends base { labels: mean } dataset more extends shapes { window: 0 .. 1 } experiment b extends a { data: more  teacher: distill(a) }',
  },
  DML1362: {
    severity: 'error',
    message: text`\`${'student'}\` has \`fold: ${'needed'}\`, and ${'role'} has \`fold: ${'found'}\`.`,
    help: text`A network of another fold has seen the cases that \`${'student'}\` is scored on: write \`fold: ${'needed'}\` in \`${'other'}\`.`,
    example:
      'experiment a extends base { labels: mean } experiment b extends a { fold: all  teacher: distill(a) }',
  },
  DML1363: {
    severity: 'error',
    message: text`\`${'student'}\` has \`seed: ${'needed'}\`, and ${'role'} has \`seed: ${'found'}\`.`,
    help: text`Say which network is taken: \`${'call'}(${'teacher'}, pick: best(${'metric'}))\` or \`${'call'}(${'teacher'}, pick: seed(${'first'}))\`.`,
    example:
      'experiment a extends base { labels: mean  seed: 0 .. 2 } experiment b extends a { seed: 3  teacher: distill(a) }',
  },
  DML1364: {
    severity: 'error',
    message: text`\`${'teacher'}\` has no seed ${'seed'}: it has \`seed: ${'found'}\`.`,
    example:
      'experiment a extends base { labels: mean } experiment b extends a { teacher: distill(a, pick: seed(7)) }',
  },
  DML1365: {
    severity: 'error',
    message: text`\`${'metric'}\` must stand once in \`evaluate\` of \`${'teacher'}\`, which measures ${'measured'}.`,
    example:
      'experiment a extends base { labels: mean } experiment b extends a { teacher: distill(a, pick: best(dise)) }',
  },

  // Predictions
  DML1391: {
    severity: 'error',
    message: text`\`${'step'}\` says which windows of an image are predicted: it comes first, and here \`${'first'}\` does.`,
    help: text`Windows first, and one step of them; what looks at them in several ways follows.`,
    example: 'experiment a extends base { labels: mean  predict: flips |> sliding }',
  },

  DML1392: {
    severity: 'error',
    message: text`\`${'metric'}\`, by which the best weights are found, must stand once in \`evaluate\`, which measures ${'measured'}.`,
    example: 'experiment a extends base { labels: mean  checkpoint: best(dise) }',
  },
  DML1393: {
    severity: 'error',
    message: text`The best weights are found on the validation cases of a fold, and with \`fold: none\` there are none.`,
    help: text`Keep the last ones, \`checkpoint: last\`, or give the experiment a fold.`,
    example: 'experiment a extends base { labels: mean  fold: none  checkpoint: best(dice) }',
  },
  DML1394: {
    severity: 'error',
    message: text`Nothing is trained, so there is one set of weights, and no best one.`,
    help: text`Write \`checkpoint: last\`, or how long to \`train\`.`,
    example: 'experiment a extends base { labels: mean  train: none  checkpoint: best(dice) }',
  },
  DML1395: {
    severity: 'error',
    message: text`The best weights are looked for every ${'every'}, and the run is over after ${'train'}.`,
    help: text`Look more often, or keep the last ones: \`checkpoint: last\`.`,
    example: 'experiment a extends base { labels: mean  checkpoint: best(dice, every: 20 epochs) }',
  },

  // Where training starts
  DML1366: {
    severity: 'error',
    message: text`\`${'model'}\` has no part \`${'part'}\`.`,
    example: 'experiment a extends base { labels: mean  start: weights("a.safetensors", parts: encodr) }',
  },
  DML1367: {
    severity: 'error',
    message: text`\`${'experiment'}\` cannot begin with the weights of \`${'other'}\`: they differ in ${'differences'}.`,
    example:
      'experiment a extends base { labels: mean } experiment b extends a { model.width: 4  start: trained(a) }',
  },
  DML1368: {
    severity: 'error',
    message: text`\`${'experiment'}\` has \`fold: ${'needed'}\`, and \`${'other'}\`, which it starts from on other data, has \`fold: ${'found'}\`.`,
    help: text`Give \`${'other'}\` one fold, or \`fold: none\` to train it on every case: then all folds start from it.`,
    example:
      'experiment a extends base { labels: mean  fold: 1 .. 2 } dataset more extends shapes { source: phantom(seed: 1) } experiment b extends a { data: more  fold: 0  start: trained(a) }',
  },

  // Test sets
  DML1343: {
    severity: 'error',
    message: text`\`test\` names two data sets that are called \`${'test'}\`.`,
    help: text`Scores go by these names: give one of them its own, \`dataset other extends …\`.`,
    example:
      'use "sets.dml" as sets dataset clinic { source: phantom(seed: 2) } experiment a extends base { labels: mean  test: clinic, sets.clinic }',
  },
  DML1344: {
    severity: 'error',
    message: text`\`${'test'}\` is the same data as \`${'other'}\`, which is a test set already.`,
    help: text`Name it once.`,
    example:
      'dataset clinic { source: phantom(seed: 2) } experiment a extends base { labels: mean  test: clinic, clinic }',
  },
  DML1345: {
    severity: 'error',
    message: text`\`${'test'}\` has the cases of \`${'own'}\`, which are the \`data\` of \`${'experiment'}\`.`,
    help: text`Test on other cases: those of its own data are scored fold by fold, with \`fold: all\` each once.`,
    example: 'experiment a extends base { labels: mean  test: shapes }',
  },
  DML1346: {
    severity: 'error',
    message: text`\`${'test'}\` has the classes ${'theirs'}, and the network tells apart those of \`${'own'}\`: ${'ours'}.`,
    help: text`Give both the same \`classes\`, by name and order; their values in the files may differ.`,
    example:
      'dataset clinic { source: phantom(seed: 2)  classes: (background: 0, kidney: 1) } experiment a extends base { labels: mean  test: clinic }',
  },
  DML1347: {
    severity: 'error',
    message: text`\`${'test'}\` cannot give the truth that \`${'metric'}\` is measured on. ${'fault'}`,
    help: text`Measure on labels that both data sets can give, such as \`raters |> majority\`.`,
    example:
      'dataset clinic { source: phantom(seed: 2, raters: 2) } experiment a extends base { labels: mean  evaluate: dice on (raters |> average(weights: [1, 2, 1, 1]))  test: clinic }',
  },
  DML1348: {
    severity: 'error',
    message: text`${'fault'}.`,
    example:
      'dataset clinic { source: phantom(seed: 2)  size: 16 x 16 } experiment a extends base { labels: mean  crop: 32 x 32  test: clinic }',
  },
  DML1349: {
    severity: 'error',
    message: text`\`${'experiment'}\` measures nothing, so \`${'test'}\` would be tested by nothing.`,
    help: text`Name metrics in \`evaluate\`, or write \`test: none\`.`,
    example:
      'dataset clinic { source: phantom(seed: 2) } experiment a extends base { labels: mean  evaluate: none  test: clinic }',
  },

  // Expectations
  DML1396: {
    severity: 'error',
    message: text`\`${'name'}\` is no data set of \`test\`, so nothing is measured on it.`,
    example: 'experiment a extends base { labels: mean  expect: clinic.dice > 0.5 }',
  },
  DML1397: {
    severity: 'error',
    message: text`\`${'metric'}\` has no value of the own data: with \`fold: none\` every case is trained on.`,
    help: text`Expect it of a test set: \`${'test'}.${'metric'}\`.`,
    example:
      'dataset clinic { source: phantom(seed: 2) } experiment a extends base { labels: mean  fold: none  test: clinic  expect: dice > 0.5 }',
  },
  DML1340: {
    severity: 'error',
    message: text`\`${'metric'}\` is expected but not evaluated: \`evaluate\` measures ${'measured'}.`,
    example: 'experiment a extends base { labels: mean  evaluate: dice  expect: ece < 5% }',
  },
  DML1341: {
    severity: 'error',
    message: text`\`evaluate\` measures \`${'metric'}\` more than once, so it is open which one is expected.`,
    help: text`Keep one of them in \`evaluate\`.`,
    example:
      'experiment a extends base { labels: mean  evaluate: dice on voted, dice on mean  expect: dice > 0.5 }',
  },

  DML1342: {
    severity: 'error',
    message: text`\`${'aspect'}(${'metric'})\` is an end of an interval over runs, and here is one run.`,
    help: text`Write \`seed: 0 .. 2\` or \`fold: all\` in the experiment, or claim something of \`${'metric'}\` itself.`,
    example: 'experiment a extends base { labels: mean  expect: lower(dice) > 0.5 }',
  },

  // Sweeps
  DML1350: {
    severity: 'error',
    message: text`\`${'field'}\` is replication, not a factor: it belongs to the experiment.`,
    help: text`Write \`${'field'}: ${'values'}\` in the experiment or the sweep.`,
    example: 'experiment a extends base { labels: mean } sweep s of a { vary seed in 0 .. 4 }',
  },
  DML1351: {
    severity: 'error',
    message: text`The sweep \`${'name'}\` varies nothing.`,
    help: text`Add \`vary path in [value, value]\`, or name several experiments after \`of\`.`,
    example: 'experiment a extends base { labels: mean } sweep s of a { batch: 2 }',
  },
  DML1352: {
    severity: 'warning',
    message: text`\`${'factor'}\` has one value, so it varies nothing.`,
    help: text`Add a value, or write it as a field.`,
    example: 'experiment a extends base { labels: mean } sweep s of a { vary batch in [2] }',
  },
  DML1353: {
    severity: 'error',
    message: text`\`${'path'}\` is varied by the sweep, so it cannot be set for all its arms.`,
    help: text`Run one arm, or change the sweep.`,
    example:
      '--set batch=2: experiment a extends base { labels: mean } sweep s of a { vary batch in [1, 2] }',
  },
  DML1354: {
    severity: 'warning',
    message: text`Arms ${'first'} and ${'second'} are the same experiment.`,
    help: text`One of them would run for nothing: leave it out.`,
    example:
      'experiment a extends base { labels: mean } sweep s of a { vary labels in [mean, raters |> average] }',
  },
  DML1355: {
    severity: 'error',
    message: text`\`except\` leaves no arm of \`${'name'}\`.`,
    help: text`Take a record away.`,
    example:
      'experiment a extends base { labels: mean } sweep s of a { vary batch in [1, 2] except: (batch: 1), (batch: 2) }',
  },
  DML1356: {
    severity: 'error',
    message: text`\`${'name'}\` is no factor of this sweep.`,
    example:
      'experiment a extends base { labels: mean } sweep s of a { vary batch in [1, 2] except: (bath: 1) }',
  },

  ...compareEntries,
});
