// Written by scripts/registry.ts from the signatures of the components: change those, not this.
import type { Registry } from '../compiler/registry.ts';

export const registry: Registry = {
  source: {
    folder: {
      family: "source",
      name: "folder",
      summary: "Images and masks in a folder, as PNG, NIfTI (one slice) or NumPy arrays (`.npy`).",
      doc: "Images and masks in a folder, as PNG, NIfTI (one slice) or NumPy arrays (`.npy`). In a pattern `{case}` and `{rater}`\nare the names of case and rater, `*` is any text; none of them crosses a `/`, and letter case does not count. Every\ncase needs an image and a mask of every rater, all of one size; sizes may differ between cases.\n\nArrays are [height, width] or [height, width, channel], one case a file: an image keeps its channels, a mask of class\nvalues has none, and with `soft: true` a mask [height, width, class] holds the share of each class. To train on\nnumbers exactly as they are stored, say `window: none` in the data set.",
      tags: {},
      parameters: [
        {
          "name": "path",
          "type": {
            "kind": "text"
          },
          "doc": "The folder, below the data root."
        },
        {
          "name": "images",
          "type": {
            "kind": "text"
          },
          "doc": "Where the images are, for example `\"{case}/image.nii.gz\"`."
        },
        {
          "name": "raters",
          "type": {
            "kind": "text"
          },
          "doc": "Where the raters' masks are, for example `\"{case}/seg{rater}.nii.gz\"`; empty for none.",
          "default": ""
        },
        {
          "name": "masks",
          "type": {
            "kind": "text"
          },
          "doc": "Where the one stored mask of a case is, if there are no raters; empty for none.",
          "default": ""
        },
        {
          "name": "except",
          "type": {
            "kind": "list",
            "of": {
              "kind": "text"
            }
          },
          "doc": "Cases to leave out, by name.",
          "default": []
        },
        {
          "name": "color",
          "type": {
            "kind": "choice",
            "values": [
              "grey",
              "rgb"
            ]
          },
          "doc": "Channels of the images: colour is turned to grey, or grey repeated. Those of arrays stay what they are.",
          "default": "grey"
        },
        {
          "name": "object",
          "type": {
            "kind": "choice",
            "values": [
              "value",
              "white",
              "black"
            ]
          },
          "doc": "How a mask shows the object: by the values of its classes, or as white or black.",
          "default": "value"
        },
        {
          "name": "threshold",
          "type": {
            "kind": "quantity",
            "dimension": "share"
          },
          "doc": "Where black ends and white begins, as a share of white.",
          "default": 0.5
        },
        {
          "name": "soft",
          "type": {
            "kind": "boolean"
          },
          "doc": "Stored masks hold shares of the foreground, from 0 to white, or 0 to 1 where values are floating-point; arrays with\nseveral channels those of each class.",
          "default": false
        }
      ],
      file: "runtime/data/folder.ts",
      load: () => import('./data/folder.ts').then((module) => module.folder),
    },
    phantom: {
      family: "source",
      name: "phantom",
      summary: "Made-up pictures with several simulated raters; no files.",
      doc: "Made-up pictures with several simulated raters; no files. Each shows one bright shape with a border that is\nsharper on one side than on the other, in texture and noise. The raters see the same border and draw it by\ntheir own habits, so they agree in the middle and differ where the picture is blurred.\n\nMade of additions, multiplications, divisions and square roots alone, which every machine rounds alike.",
      tags: {},
      parameters: [
        {
          "name": "cases",
          "type": {
            "kind": "number",
            "integer": true,
            "minimum": 1
          },
          "doc": "How many pictures.",
          "default": 60
        },
        {
          "name": "raters",
          "type": {
            "kind": "number",
            "integer": true,
            "minimum": 1
          },
          "doc": "How many people draw each of them. The first four differ most: tight, generous, smooth, hasty; later ones\nare milder versions of these.",
          "default": 4
        },
        {
          "name": "seed",
          "type": {
            "kind": "number",
            "integer": true,
            "minimum": 0
          },
          "doc": "Another seed gives other pictures.",
          "default": 0
        },
        {
          "name": "size",
          "type": {
            "kind": "number",
            "integer": true,
            "minimum": 16
          },
          "doc": "Height and width of a picture, in pixels.",
          "default": 64,
          "unit": "pixels"
        }
      ],
      file: "runtime/data/phantom.ts",
      load: () => import('./data/phantom.ts').then((module) => module.phantom),
    },
  },
  folds: {
    contiguous: {
      family: "folds",
      name: "contiguous",
      summary: "Blocks of cases in their order, unshuffled: each fold validates on ⌊n/count⌋ cases, the last one on the rest.",
      doc: "Blocks of cases in their order, unshuffled: each fold validates on ⌊n/count⌋ cases, the last one on the rest.",
      tags: {
        "source": "official code of the Dice semimetric losses"
      },
      parameters: [
        {
          "name": "count",
          "type": {
            "kind": "number",
            "integer": true,
            "minimum": 2
          },
          "doc": "Number of folds.",
          "default": 5
        }
      ],
      file: "runtime/folds/contiguous.ts",
      load: () => import('./folds/contiguous.ts').then((module) => module.contiguous),
    },
    holdout: {
      family: "folds",
      name: "holdout",
      summary: "One fold: a fixed random part of the cases is for validation, all others are for training; with `by`, of their groups.",
      doc: "One fold: a fixed random part of the cases is for validation, all others are for training; with `by`, of their groups.",
      tags: {},
      parameters: [
        {
          "name": "share",
          "type": {
            "kind": "quantity",
            "dimension": "share"
          },
          "doc": "Part of the cases that is kept for validation: at least one case, and never all of them.",
          "default": 0.2
        },
        {
          "name": "by",
          "type": {
            "kind": "text"
          },
          "doc": "Keeps cases together that share what is in braces, as slices of one subject do: `\"{subject}_*\"`.",
          "default": ""
        }
      ],
      file: "runtime/folds/holdout.ts",
      load: () => import('./folds/holdout.ts').then((module) => module.holdout),
    },
    listed: {
      family: "folds",
      name: "listed",
      summary: "The folds of a file: each lists the cases that it trains on and those that it validates on, as `val` or `validation`.",
      doc: "The folds of a file: each lists the cases that it trains on and those that it validates on, as `val` or `validation`.\nCases that a fold does not list stay out of it. What the file lists is part of the content of the data.",
      tags: {
        "reads": "file",
        "source": "`splits_final.json` of nnU-Net"
      },
      parameters: [
        {
          "name": "file",
          "type": {
            "kind": "text"
          },
          "doc": "A JSON file below the data root, as nnU-Net writes it: `[{\"train\": [\"a\", \"b\"], \"val\": [\"c\"]}, …]`."
        }
      ],
      file: "runtime/folds/listed.ts",
      load: () => import('./folds/listed.ts').then((module) => module.listed),
    },
    shuffled: {
      family: "folds",
      name: "shuffled",
      summary: "Folds of a fixed random order: the cases are permuted once, then cut like `contiguous`; with `by`, groups of cases are.",
      doc: "Folds of a fixed random order: the cases are permuted once, then cut like `contiguous`; with `by`, groups of cases are.",
      tags: {},
      parameters: [
        {
          "name": "count",
          "type": {
            "kind": "number",
            "integer": true,
            "minimum": 2
          },
          "doc": "Number of folds.",
          "default": 5
        },
        {
          "name": "seed",
          "type": {
            "kind": "number",
            "integer": true,
            "minimum": 0
          },
          "doc": "Decides the order; it belongs to the data set, not to a run.",
          "default": 0
        },
        {
          "name": "by",
          "type": {
            "kind": "text"
          },
          "doc": "Keeps cases together that share what is in braces, as slices of one subject do: `\"{subject}_*\"`.",
          "default": ""
        }
      ],
      file: "runtime/folds/shuffled.ts",
      load: () => import('./folds/shuffled.ts').then((module) => module.shuffled),
    },
  },
  transform: {
    flip: {
      family: "transform",
      name: "flip",
      summary: "Mirrors image and labels, every other time at random.",
      doc: "Mirrors image and labels, every other time at random.",
      tags: {},
      parameters: [
        {
          "name": "direction",
          "type": {
            "kind": "choice",
            "values": [
              "horizontal",
              "vertical"
            ]
          },
          "doc": "`horizontal` swaps left and right, `vertical` top and bottom.",
          "default": "horizontal"
        }
      ],
      file: "runtime/transforms/flip.ts",
      load: () => import('./transforms/flip.ts').then((module) => module.flip),
    },
    scale: {
      family: "transform",
      name: "scale",
      summary: "Enlarges or shrinks image and labels alike in both directions, by a factor drawn at random.",
      doc: "Enlarges or shrinks image and labels alike in both directions, by a factor drawn at random. Images and soft labels\nare interpolated linearly, hard labels and ignored pixels take the nearest neighbour. It comes before the crop: what is\nthen smaller than the crop is padded with pixels that do not count.",
      tags: {},
      parameters: [
        {
          "name": "factor",
          "type": {
            "kind": "range"
          },
          "doc": "What height and width are multiplied with, drawn uniformly from this range for each sample.",
          "default": {
            "low": 0.5,
            "high": 2
          }
        }
      ],
      file: "runtime/transforms/scale.ts",
      load: () => import('./transforms/scale.ts').then((module) => module.scale),
    },
  },
  label: {
    average: {
      family: "label",
      name: "average",
      summary: "Share of the raters that chose each class, or their weighted mean.",
      doc: "Share of the raters that chose each class, or their weighted mean. Of `dice`: two masks without the class agree\nfully, of several classes it is the mean over all but the background, and a rater with a score of 0 counts fully,\nas in the official code.\n\nThat the weights be learned is the open question of the paper; `staple` is this project's answer, not the paper's.",
      tags: {
        "takes": "raters",
        "labels": "soft",
        "gives": "soft",
        "formula": "y = \\frac{\\sum_{r=1}^{R} w_r\\, m_r}{\\sum_{r=1}^{R} w_r}",
        "example": "raters |> average(weights: dice)",
        "source": "official code of the Dice semimetric losses (`equal`, `dice`); Warfield, Zou, Wells 2004 (`staple`)"
      },
      parameters: [
        {
          "name": "weights",
          "type": {
            "kind": "union",
            "of": [
              {
                "kind": "list",
                "of": {
                  "kind": "number",
                  "integer": false
                }
              },
              {
                "kind": "choice",
                "values": [
                  "equal",
                  "dice",
                  "staple"
                ]
              }
            ]
          },
          "doc": "How much each rater counts; divided by their sum, so that [1, 1, 2] are 25 %, 25 % and 50 %. `equal`: all alike.\n`dice`: by the Dice score with the majority, for each case anew. `staple`: learned, by the informedness of the\nrater that STAPLE estimates on the case (sensitivity + specificity − 1 for two classes, 0 for one who guesses).\nA list: one number of at least 0 a rater, in their order.",
          "default": "equal",
          "each": "rater"
        }
      ],
      file: "runtime/labels/average.ts",
      load: () => import('./labels/average.ts').then((module) => module.average),
    },
    boundary: {
      family: "label",
      name: "boundary",
      summary: "Label smoothing on the boundaries of the classes alone: (1 − ε) · y + ε / C where the k × k window around a pixel holds another class.",
      doc: "Label smoothing on the boundaries of the classes alone: (1 − ε) · y + ε / C where the k × k window around a pixel\nholds another class. Both sides of an edge are smoothed, the border of the image is no edge, and a pixel with an\nignored one in its window stays as it is.",
      tags: {
        "takes": "labels",
        "labels": "hard",
        "requires": "hard",
        "gives": "soft",
        "formula": "y'_i = \\begin{cases} (1 - \\varepsilon)\\, y_i + \\varepsilon / C & i \\in B_k \\\\ y_i & \\text{otherwise} \\end{cases}",
        "example": "mask |> boundary(epsilon: 0.5, kernel: 3)",
        "source": "official code of the Dice semimetric losses, its shipped values; those of the paper's experiments were not found"
      },
      parameters: [
        {
          "name": "epsilon",
          "type": {
            "kind": "number",
            "integer": false,
            "minimum": 0,
            "maximum": 1
          },
          "doc": "ε: what is taken from the label and spread over all C classes, its own included.",
          "default": 0.5
        },
        {
          "name": "kernel",
          "type": {
            "kind": "number",
            "integer": true,
            "minimum": 1,
            "odd": true
          },
          "doc": "k: width of the window, in pixels, in which another class makes a pixel boundary.",
          "default": 3,
          "unit": "pixels"
        }
      ],
      file: "runtime/labels/boundary.ts",
      load: () => import('./labels/boundary.ts').then((module) => module.boundary),
    },
    harden: {
      family: "label",
      name: "harden",
      summary: "The most likely class of each pixel, as a hard label; of equal ones the lower class.",
      doc: "The most likely class of each pixel, as a hard label; of equal ones the lower class.",
      tags: {
        "takes": "labels",
        "labels": "soft",
        "gives": "hard",
        "formula": "y'_c = \\left[c = \\min \\operatorname{arg\\,max}_k y_k\\right]",
        "example": "raters |> average |> harden"
      },
      parameters: [],
      file: "runtime/labels/harden.ts",
      load: () => import('./labels/harden.ts').then((module) => module.harden),
    },
    kde: {
      family: "label",
      name: "kde",
      summary: "Calibration of a teacher by kernel density estimation: in place of its probability f, a pixel gets the mean label of key pixels, each by its Dirichlet kernel K at f with α = f_j / h + 1.",
      doc: "Calibration of a teacher by kernel density estimation: in place of its probability f, a pixel gets the mean label of\nkey pixels, each by its Dirichlet kernel K at f with α = f_j / h + 1. Computed from logarithms, so that the estimate\nsums to 1 for every bandwidth and however far the keys are (the official code clamps the denominator instead, and\nvanishes there). Keys are drawn once a case from its kept pixels, of each class of its hard labels, none twice, and\nare the same in every epoch and run.\n\nThe bandwidths and numbers of keys of the paper's experiments were not found; the defaults are the project's own.",
      tags: {
        "takes": "labels",
        "labels": "soft",
        "gives": "soft",
        "formula": "y = \\frac{\\sum_j K(f; f_j)\\, y_j}{\\sum_j K(f; f_j)}, \\quad \\ln K(f; f_j) = \\sum_c \\frac{f_{jc}}{h} \\ln f_c + \\ln\\Gamma\\!\\left(\\sum_c \\alpha_{jc}\\right) - \\sum_c \\ln\\Gamma(\\alpha_{jc}), \\quad \\alpha_{jc} = \\frac{f_{jc}}{h} + 1",
        "example": "teacher |> kde(bandwidth: 1e-3)",
        "source": "Wang et al., Dice Semimetric Losses, MICCAI 2023, section 3.5; Popordanoska, Sayer, Blaschko 2022 (estimator, choice of the bandwidth)"
      },
      parameters: [
        {
          "name": "bandwidth",
          "type": {
            "kind": "union",
            "of": [
              {
                "kind": "number",
                "integer": false,
                "minimum": 1e-9
              },
              {
                "kind": "choice",
                "values": [
                  "auto"
                ]
              }
            ]
          },
          "doc": "h of the kernel; results are sensitive to it. `auto` takes the one of 20 from 1e-5 to 1 for which the keys of the\nimage are most likely, each left out in turn.",
          "default": 0.001
        },
        {
          "name": "keys",
          "type": {
            "kind": "number",
            "integer": true,
            "minimum": 1
          },
          "doc": "How many pixels of the image serve as key points, about.",
          "default": 1000,
          "unit": "pixels"
        },
        {
          "name": "where",
          "type": {
            "kind": "choice",
            "values": [
              "errors",
              "all"
            ]
          },
          "doc": "`errors`: pixels that are mispredicted or on a label boundary; the others keep the probability. All, where no\nlabels are known. Ignored pixels are never estimated.",
          "default": "errors"
        },
        {
          "name": "kernel",
          "type": {
            "kind": "number",
            "integer": true,
            "minimum": 1,
            "odd": true
          },
          "doc": "Width of the window, in pixels, in which another class makes a pixel boundary.",
          "default": 3,
          "unit": "pixels"
        },
        {
          "name": "leave_one_out",
          "type": {
            "kind": "union",
            "of": [
              {
                "kind": "boolean"
              },
              {
                "kind": "choice",
                "values": [
                  "auto"
                ]
              }
            ]
          },
          "doc": "Whether a key is left out of its own estimate. Without that, a mispredicted key is pulled to its hard label by the\nlargest of all kernels, its own. `auto`: keys drawn from the image are, keys that were given are not. Given keys\nare found in the image by their probabilities, for `true`.",
          "default": "auto"
        },
        {
          "name": "sampling",
          "type": {
            "kind": "choice",
            "values": [
              "balanced",
              "proportional"
            ]
          },
          "doc": "`balanced`: as many keys of each class that is there. `proportional`: as many as its share of the pixels.",
          "default": "balanced"
        },
        {
          "name": "floor",
          "type": {
            "kind": "number",
            "integer": false,
            "minimum": 0,
            "maximum": 1
          },
          "doc": "Lower probabilities are raised to it before the logarithm, as those of 0 must be.",
          "default": 1e-7
        }
      ],
      file: "runtime/labels/kde.ts",
      load: () => import('./labels/kde.ts').then((module) => module.kde),
    },
    majority: {
      family: "label",
      name: "majority",
      summary: "Strict majority vote: a pixel is of a class where at least ⌊R/2⌋ + 1 of the R raters say so, and background where no class has that many, ties included.",
      doc: "Strict majority vote: a pixel is of a class where at least ⌊R/2⌋ + 1 of the R raters say so, and background\nwhere no class has that many, ties included. Of soft masks it counts the shares: more than R/2 in sum.",
      tags: {
        "takes": "raters",
        "labels": "hard",
        "gives": "hard",
        "formula": "y_c = \\left[\\sum_{r=1}^{R} m_{r,c} \\geq \\lfloor R/2 \\rfloor + 1\\right] \\text{ for } c \\geq 1, \\quad y_0 = 1 - \\sum_{c \\geq 1} y_c",
        "example": "raters |> majority",
        "source": "official code of the Dice semimetric losses"
      },
      parameters: [],
      file: "runtime/labels/majority.ts",
      load: () => import('./labels/majority.ts').then((module) => module.majority),
    },
    one: {
      family: "label",
      name: "one",
      summary: "The mask of one rater.",
      doc: "The mask of one rater.",
      tags: {
        "takes": "raters",
        "labels": "soft",
        "gives": "same",
        "formula": "y = m_k",
        "example": "raters |> one(2)"
      },
      parameters: [
        {
          "name": "rater",
          "type": {
            "kind": "number",
            "integer": true,
            "minimum": 1
          },
          "doc": "Which rater, counted from 1."
        }
      ],
      file: "runtime/labels/one.ts",
      load: () => import('./labels/one.ts').then((module) => module.one),
    },
    random: {
      family: "label",
      name: "random",
      summary: "The mask of one rater, drawn anew for every case in every epoch, each rater as likely as the others.",
      doc: "The mask of one rater, drawn anew for every case in every epoch, each rater as likely as the others. The draw comes\nfrom seed, case and epoch alone: neither the order of the cases nor the batch changes it.",
      tags: {
        "takes": "raters",
        "labels": "soft",
        "gives": "same",
        "random": "",
        "formula": "y = m_k, \\quad k \\sim \\mathcal{U}\\{1, \\dots, R\\}",
        "example": "raters |> random",
        "source": "the paper names a random rater as a hard-label baseline; how often it is drawn was not found"
      },
      parameters: [],
      file: "runtime/labels/random.ts",
      load: () => import('./labels/random.ts').then((module) => module.random),
    },
    smooth: {
      family: "label",
      name: "smooth",
      summary: "Label smoothing at every pixel: (1 − ε) · y + ε / C.",
      doc: "Label smoothing at every pixel: (1 − ε) · y + ε / C.",
      tags: {
        "takes": "labels",
        "labels": "soft",
        "gives": "soft",
        "formula": "y' = (1 - \\varepsilon)\\, y + \\frac{\\varepsilon}{C}",
        "example": "mask |> smooth(0.1)"
      },
      parameters: [
        {
          "name": "epsilon",
          "type": {
            "kind": "number",
            "integer": false,
            "minimum": 0,
            "maximum": 1
          },
          "doc": "ε: what is taken from the label and spread over all C classes, its own included.",
          "default": 0.1
        }
      ],
      file: "runtime/labels/smooth.ts",
      load: () => import('./labels/smooth.ts').then((module) => module.smooth),
    },
    staple: {
      family: "label",
      name: "staple",
      summary: "STAPLE: the probability of each class, given what all raters say and how good each of them is on this case.",
      doc: "STAPLE: the probability of each class, given what all raters say and how good each of them is on this case. Truth\nand one confusion matrix a rater are estimated together, by expectation maximisation on the kept pixels from\nmatrices with 0.99999 on the diagonal, with the share of each class in all masks as the prior, until no entry\nchanges by more than 1e-8, at most 1,000 rounds. It is near 0 or 1 where the raters are many; for shares that keep\ntheir disagreement take `average(weights: staple)`.",
      tags: {
        "takes": "raters",
        "labels": "hard",
        "gives": "soft",
        "formula": "y_c = \\frac{\\pi_c \\prod_r \\theta_r(m_r \\mid c)}{\\sum_k \\pi_k \\prod_r \\theta_r(m_r \\mid k)}",
        "example": "raters |> staple",
        "source": "Warfield, Zou, Wells, Simultaneous truth and performance level estimation (STAPLE), IEEE TMI 23(7), 2004; learned weights are left open by the paper, and this is the project's choice"
      },
      parameters: [],
      file: "runtime/labels/staple.ts",
      load: () => import('./labels/staple.ts').then((module) => module.staple),
    },
    temperature: {
      family: "label",
      name: "temperature",
      summary: "Temperature scaling of probabilities: softmax(log p / T), which is softmax(logits / T) where p is softmax(logits).",
      doc: "Temperature scaling of probabilities: softmax(log p / T), which is softmax(logits / T) where p is softmax(logits).\nA class of probability 0 keeps it.",
      tags: {
        "takes": "labels",
        "labels": "soft",
        "gives": "soft",
        "formula": "y_c = \\frac{p_c^{1/T}}{\\sum_k p_k^{1/T}}",
        "example": "teacher |> temperature(2)",
        "source": "Guo et al., On Calibration of Modern Neural Networks, ICML 2017"
      },
      parameters: [
        {
          "name": "T",
          "type": {
            "kind": "union",
            "of": [
              {
                "kind": "number",
                "integer": false,
                "exclusiveMinimum": 0
              },
              {
                "kind": "choice",
                "values": [
                  "fitted"
                ]
              }
            ]
          },
          "doc": "T: above 1 softens, below 1 sharpens. `fitted` takes that of the lowest negative log-likelihood on the teacher's\nvalidation cases, of the same fold."
        }
      ],
      file: "runtime/labels/temperature.ts",
      load: () => import('./labels/temperature.ts').then((module) => module.temperature),
    },
  },
  model: {
    convnet: {
      family: "model",
      name: "convnet",
      summary: "A few convolutions at full resolution, each with bias and ReLU, and one to the classes.",
      doc: "A few convolutions at full resolution, each with bias and ReLU, and one to the classes. Small enough to be followed\nby hand. Weights are drawn as in He et al. (normal, variance 2 / fan-in), biases are 0.",
      tags: {
        "parts": "conv#",
        "classes": "conv#",
        "source": "Long et al., Fully Convolutional Networks, CVPR 2015 (without pooling)"
      },
      parameters: [
        {
          "name": "channels",
          "type": {
            "kind": "list",
            "of": {
              "kind": "number",
              "integer": true,
              "minimum": 1
            }
          },
          "doc": "Channels of each convolution but the last, whose channels are the classes.",
          "default": [
            16,
            16
          ]
        },
        {
          "name": "kernel",
          "type": {
            "kind": "number",
            "integer": true,
            "minimum": 1
          },
          "doc": "Height and width of the kernels, in pixels.",
          "default": 3,
          "unit": "pixels"
        }
      ],
      file: "runtime/models/convnet.ts",
      load: () => import('./models/convnet.ts').then((module) => module.convnet),
    },
    unet: {
      family: "model",
      name: "unet",
      summary: "U-Net: two 3×3 convolutions with ReLU a level, 2×2 max-pooling on the way down, upsampling and concatenation with the encoder on the way up, and a 1×1 convolution to the classes.",
      doc: "U-Net: two 3×3 convolutions with ReLU a level, 2×2 max-pooling on the way down, upsampling and concatenation with\nthe encoder on the way up, and a 1×1 convolution to the classes. Weights are drawn as in He et al. (normal,\nvariance 2 / fan-in), biases are 0.",
      tags: {
        "parts": "encoder, decoder, head",
        "classes": "head",
        "source": "Ronneberger et al., U-Net, MICCAI 2015 (padded convolutions; upsampling in place of up-convolutions)"
      },
      parameters: [
        {
          "name": "depth",
          "type": {
            "kind": "number",
            "integer": true,
            "minimum": 1,
            "maximum": 8
          },
          "doc": "Levels of resolution; each halves height and width.",
          "default": 4
        },
        {
          "name": "width",
          "type": {
            "kind": "number",
            "integer": true,
            "minimum": 1
          },
          "doc": "Channels of the first level; each level below has twice as many.",
          "default": 16
        },
        {
          "name": "norm",
          "type": {
            "kind": "choice",
            "values": [
              "none",
              "batch"
            ]
          },
          "doc": "Normalisation after each convolution: `batch` with running statistics for prediction, or `none`.",
          "default": "none"
        },
        {
          "name": "up",
          "type": {
            "kind": "choice",
            "values": [
              "nearest",
              "bilinear"
            ]
          },
          "doc": "How an image doubles on the way up.",
          "default": "nearest",
          "shapes": "none"
        },
        {
          "name": "aux",
          "type": {
            "kind": "boolean"
          },
          "doc": "A second head, for terms `at aux`: a 1×1 convolution on the first level of the way up, resized to the image\nbilinearly.",
          "default": false,
          "head": "aux"
        }
      ],
      file: "runtime/models/unet.ts",
      load: () => import('./models/unet.ts').then((module) => module.unet),
    },
  },
  loss: {
    ce: {
      family: "loss",
      name: "ce",
      summary: "Soft cross-entropy: the mean over kept pixels of −Σ y log p.",
      doc: "Soft cross-entropy: the mean over kept pixels of −Σ y log p. Its value at the target is the entropy of the label;\nits gradient is that of the Kullback-Leibler divergence. Without kept pixels it is 0.",
      tags: {
        "labels": "soft",
        "formula": "-\\frac{1}{n} \\sum_{i} \\sum_{c} y_{ic} \\log p_{ic}",
        "example": "0.25 ce + 0.75 dml1",
        "source": "Wang et al., Dice Semimetric Losses, MICCAI 2023, section 3"
      },
      parameters: [],
      file: "runtime/losses/ce.ts",
      load: () => import('./losses/ce.ts').then((module) => module.ce),
    },
    dml1: {
      family: "loss",
      name: "dml1",
      summary: "Dice semimetric loss, first form: 1 − (Σ min(x, y) + s) / (½ Σ(x + y) + s) = Σ|x − y| / (Σ(x + y) + 2s).",
      doc: "Dice semimetric loss, first form: 1 − (Σ min(x, y) + s) / (½ Σ(x + y) + s) = Σ|x − y| / (Σ(x + y) + 2s).\nEqual to soft Dice where labels are hard; on soft labels it is zero at the label and nowhere else. With `norm: 2` it\nis `sdl_l2`.",
      tags: {
        "labels": "soft",
        "formula": "1 - \\frac{\\sum \\min(x, y) + s}{\\frac{1}{2} \\sum (x + y) + s}",
        "example": "0.25 ce + 0.75 dml1(smooth: 1)",
        "source": "Wang et al., Dice Semimetric Losses, MICCAI 2023, section 2"
      },
      parameters: [
        {
          "name": "smooth",
          "type": {
            "kind": "number",
            "integer": false,
            "minimum": 0
          },
          "doc": "Added to the un-doubled intersection and to the denominator that belongs to it, in pixels. At 0 a class without\nprediction and label costs 0.",
          "default": 0.001,
          "unit": "pixels"
        },
        {
          "name": "gamma",
          "type": {
            "kind": "number",
            "integer": false,
            "minimum": 1
          },
          "doc": "Exponent of the loss of a class: above 1, what is nearly right counts less.",
          "default": 1
        },
        {
          "name": "log",
          "type": {
            "kind": "boolean"
          },
          "doc": "−log T in place of 1 − T. Infinite where a class that counts has no overlap at all and `smooth` is 0.",
          "default": false
        },
        {
          "name": "weights",
          "type": {
            "kind": "union",
            "of": [
              {
                "kind": "list",
                "of": {
                  "kind": "number",
                  "integer": false,
                  "minimum": 0
                }
              },
              {
                "kind": "choice",
                "values": [
                  "equal"
                ]
              }
            ]
          },
          "doc": "What the loss of each class is multiplied with, background first; the mean is not divided by their sum.",
          "default": "equal",
          "each": "class"
        },
        {
          "name": "active",
          "type": {
            "kind": "choice",
            "values": [
              "auto",
              "all",
              "present"
            ]
          },
          "doc": "Classes that count: `all`, or those `present` in the label (above `threshold` somewhere). `auto` is `all` on soft\nlabels and `present` on hard ones.",
          "default": "auto"
        },
        {
          "name": "threshold",
          "type": {
            "kind": "number",
            "integer": false,
            "minimum": 0
          },
          "doc": "Above this a class is present in a label.",
          "default": 0.01
        },
        {
          "name": "reduction",
          "type": {
            "kind": "mix",
            "of": [
              "batch",
              "image",
              "class"
            ]
          },
          "doc": "What the sums run over: `batch`, all pixels of the batch; `image`, each image by itself, then the mean over\nclasses and over images; `class`, each image by itself, then the mean over images and over classes. A weighted\nsum adds them up: `0.5 image + 0.5 class`.",
          "default": "batch"
        },
        {
          "name": "norm",
          "type": {
            "kind": "number",
            "integer": true,
            "minimum": 1,
            "maximum": 2
          },
          "doc": "Power p of the sizes Σxᵖ, Σyᵖ and of the distance Σ|x − y|ᵖ. At 2 the intersection becomes Σxy and the loss is\nsmooth at the label, but no longer equal to soft Dice or Jaccard where labels are hard.",
          "default": 1
        }
      ],
      file: "runtime/losses/dml1.ts",
      load: () => import('./losses/dml1.ts').then((module) => module.dml1),
    },
    dml2: {
      family: "loss",
      name: "dml2",
      summary: "Dice semimetric loss, second form: 1 − (Σxy + s) / (Σxy + ½ Σ|x − y| + s).",
      doc: "Dice semimetric loss, second form: 1 − (Σxy + s) / (Σxy + ½ Σ|x − y| + s).\nEqual to soft Dice and to `dml1` where labels are hard, and never below `dml1`; zero at the label and nowhere else.",
      tags: {
        "labels": "soft",
        "formula": "1 - \\frac{\\sum xy + s}{\\sum xy + \\frac{1}{2} \\sum |x - y| + s}",
        "example": "0.25 ce + 0.75 dml2",
        "source": "Wang et al., Dice Semimetric Losses, MICCAI 2023, equation 4"
      },
      parameters: [
        {
          "name": "smooth",
          "type": {
            "kind": "number",
            "integer": false,
            "minimum": 0
          },
          "doc": "Added to the un-doubled intersection and to the denominator that belongs to it, in pixels. At 0 a class without\nprediction and label costs 0.",
          "default": 0.001,
          "unit": "pixels"
        },
        {
          "name": "gamma",
          "type": {
            "kind": "number",
            "integer": false,
            "minimum": 1
          },
          "doc": "Exponent of the loss of a class: above 1, what is nearly right counts less.",
          "default": 1
        },
        {
          "name": "log",
          "type": {
            "kind": "boolean"
          },
          "doc": "−log T in place of 1 − T. Infinite where a class that counts has no overlap at all and `smooth` is 0.",
          "default": false
        },
        {
          "name": "weights",
          "type": {
            "kind": "union",
            "of": [
              {
                "kind": "list",
                "of": {
                  "kind": "number",
                  "integer": false,
                  "minimum": 0
                }
              },
              {
                "kind": "choice",
                "values": [
                  "equal"
                ]
              }
            ]
          },
          "doc": "What the loss of each class is multiplied with, background first; the mean is not divided by their sum.",
          "default": "equal",
          "each": "class"
        },
        {
          "name": "active",
          "type": {
            "kind": "choice",
            "values": [
              "auto",
              "all",
              "present"
            ]
          },
          "doc": "Classes that count: `all`, or those `present` in the label (above `threshold` somewhere). `auto` is `all` on soft\nlabels and `present` on hard ones.",
          "default": "auto"
        },
        {
          "name": "threshold",
          "type": {
            "kind": "number",
            "integer": false,
            "minimum": 0
          },
          "doc": "Above this a class is present in a label.",
          "default": 0.01
        },
        {
          "name": "reduction",
          "type": {
            "kind": "mix",
            "of": [
              "batch",
              "image",
              "class"
            ]
          },
          "doc": "What the sums run over: `batch`, all pixels of the batch; `image`, each image by itself, then the mean over\nclasses and over images; `class`, each image by itself, then the mean over images and over classes. A weighted\nsum adds them up: `0.5 image + 0.5 class`.",
          "default": "batch"
        }
      ],
      file: "runtime/losses/dml2.ts",
      load: () => import('./losses/dml2.ts').then((module) => module.dml2),
    },
    focal: {
      family: "loss",
      name: "focal",
      summary: "Focal loss: the mean over kept pixels of −(1 − p)^γ log p, where p is the probability of the labelled class.",
      doc: "Focal loss: the mean over kept pixels of −(1 − p)^γ log p, where p is the probability of the labelled class. It has\nno form for soft labels. Without kept pixels it is 0.",
      tags: {
        "labels": "hard",
        "requires": "hard",
        "formula": "-\\frac{1}{n} \\sum_{i} \\sum_{c} y_{ic} (1 - p_{ic})^{\\gamma} \\log p_{ic}",
        "example": "focal(gamma: 2)",
        "source": "Lin et al., Focal Loss for Dense Object Detection, ICCV 2017"
      },
      parameters: [
        {
          "name": "gamma",
          "type": {
            "kind": "number",
            "integer": false,
            "minimum": 0
          },
          "doc": "Exponent of 1 − p: above 0, pixels that are nearly right count less. At 0 it is cross-entropy.",
          "default": 2
        }
      ],
      file: "runtime/losses/focal.ts",
      load: () => import('./losses/focal.ts').then((module) => module.focal),
    },
    jml1: {
      family: "loss",
      name: "jml1",
      summary: "Jaccard metric loss, first form: 1 − (Σ min(x, y) + s) / (Σ max(x, y) + s).",
      doc: "Jaccard metric loss, first form: 1 − (Σ min(x, y) + s) / (Σ max(x, y) + s). Equal to soft Jaccard where labels are\nhard; on soft labels it is zero at the label and nowhere else. Without smoothing it is a metric.",
      tags: {
        "labels": "soft",
        "formula": "1 - \\frac{\\sum \\min(x, y) + s}{\\sum \\max(x, y) + s}",
        "example": "0.25 ce + 0.75 jml1",
        "source": "Wang et al., Jaccard Metric Losses, NeurIPS 2023 (arXiv 2302.05666)"
      },
      parameters: [
        {
          "name": "smooth",
          "type": {
            "kind": "number",
            "integer": false,
            "minimum": 0
          },
          "doc": "Added to the un-doubled intersection and to the denominator that belongs to it, in pixels. At 0 a class without\nprediction and label costs 0.",
          "default": 0.001,
          "unit": "pixels"
        },
        {
          "name": "gamma",
          "type": {
            "kind": "number",
            "integer": false,
            "minimum": 1
          },
          "doc": "Exponent of the loss of a class: above 1, what is nearly right counts less.",
          "default": 1
        },
        {
          "name": "log",
          "type": {
            "kind": "boolean"
          },
          "doc": "−log T in place of 1 − T. Infinite where a class that counts has no overlap at all and `smooth` is 0.",
          "default": false
        },
        {
          "name": "weights",
          "type": {
            "kind": "union",
            "of": [
              {
                "kind": "list",
                "of": {
                  "kind": "number",
                  "integer": false,
                  "minimum": 0
                }
              },
              {
                "kind": "choice",
                "values": [
                  "equal"
                ]
              }
            ]
          },
          "doc": "What the loss of each class is multiplied with, background first; the mean is not divided by their sum.",
          "default": "equal",
          "each": "class"
        },
        {
          "name": "active",
          "type": {
            "kind": "choice",
            "values": [
              "auto",
              "all",
              "present"
            ]
          },
          "doc": "Classes that count: `all`, or those `present` in the label (above `threshold` somewhere). `auto` is `all` on soft\nlabels and `present` on hard ones.",
          "default": "auto"
        },
        {
          "name": "threshold",
          "type": {
            "kind": "number",
            "integer": false,
            "minimum": 0
          },
          "doc": "Above this a class is present in a label.",
          "default": 0.01
        },
        {
          "name": "reduction",
          "type": {
            "kind": "mix",
            "of": [
              "batch",
              "image",
              "class"
            ]
          },
          "doc": "What the sums run over: `batch`, all pixels of the batch; `image`, each image by itself, then the mean over\nclasses and over images; `class`, each image by itself, then the mean over images and over classes. A weighted\nsum adds them up: `0.5 image + 0.5 class`.",
          "default": "batch"
        },
        {
          "name": "norm",
          "type": {
            "kind": "number",
            "integer": true,
            "minimum": 1,
            "maximum": 2
          },
          "doc": "Power p of the sizes Σxᵖ, Σyᵖ and of the distance Σ|x − y|ᵖ. At 2 the intersection becomes Σxy and the loss is\nsmooth at the label, but no longer equal to soft Dice or Jaccard where labels are hard.",
          "default": 1
        }
      ],
      file: "runtime/losses/jml1.ts",
      load: () => import('./losses/jml1.ts').then((module) => module.jml1),
    },
    jml2: {
      family: "loss",
      name: "jml2",
      summary: "Jaccard metric loss, second form: 1 − (Σxy + s) / (Σxy + Σ|x − y| + s).",
      doc: "Jaccard metric loss, second form: 1 − (Σxy + s) / (Σxy + Σ|x − y| + s). Equal to soft Jaccard and to `jml1` where\nlabels are hard, and never below `jml1`; zero at the label and nowhere else. Without smoothing it is a metric.",
      tags: {
        "labels": "soft",
        "formula": "1 - \\frac{\\sum xy + s}{\\sum xy + \\sum |x - y| + s}",
        "example": "0.25 ce + 0.75 jml2",
        "source": "Wang et al., Jaccard Metric Losses, NeurIPS 2023 (arXiv 2302.05666)"
      },
      parameters: [
        {
          "name": "smooth",
          "type": {
            "kind": "number",
            "integer": false,
            "minimum": 0
          },
          "doc": "Added to the un-doubled intersection and to the denominator that belongs to it, in pixels. At 0 a class without\nprediction and label costs 0.",
          "default": 0.001,
          "unit": "pixels"
        },
        {
          "name": "gamma",
          "type": {
            "kind": "number",
            "integer": false,
            "minimum": 1
          },
          "doc": "Exponent of the loss of a class: above 1, what is nearly right counts less.",
          "default": 1
        },
        {
          "name": "log",
          "type": {
            "kind": "boolean"
          },
          "doc": "−log T in place of 1 − T. Infinite where a class that counts has no overlap at all and `smooth` is 0.",
          "default": false
        },
        {
          "name": "weights",
          "type": {
            "kind": "union",
            "of": [
              {
                "kind": "list",
                "of": {
                  "kind": "number",
                  "integer": false,
                  "minimum": 0
                }
              },
              {
                "kind": "choice",
                "values": [
                  "equal"
                ]
              }
            ]
          },
          "doc": "What the loss of each class is multiplied with, background first; the mean is not divided by their sum.",
          "default": "equal",
          "each": "class"
        },
        {
          "name": "active",
          "type": {
            "kind": "choice",
            "values": [
              "auto",
              "all",
              "present"
            ]
          },
          "doc": "Classes that count: `all`, or those `present` in the label (above `threshold` somewhere). `auto` is `all` on soft\nlabels and `present` on hard ones.",
          "default": "auto"
        },
        {
          "name": "threshold",
          "type": {
            "kind": "number",
            "integer": false,
            "minimum": 0
          },
          "doc": "Above this a class is present in a label.",
          "default": 0.01
        },
        {
          "name": "reduction",
          "type": {
            "kind": "mix",
            "of": [
              "batch",
              "image",
              "class"
            ]
          },
          "doc": "What the sums run over: `batch`, all pixels of the batch; `image`, each image by itself, then the mean over\nclasses and over images; `class`, each image by itself, then the mean over images and over classes. A weighted\nsum adds them up: `0.5 image + 0.5 class`.",
          "default": "batch"
        }
      ],
      file: "runtime/losses/jml2.ts",
      load: () => import('./losses/jml2.ts').then((module) => module.jml2),
    },
    kl: {
      family: "loss",
      name: "kl",
      summary: "Kullback-Leibler divergence of the prediction at temperature T from the label, times T²: the mean over kept pixels of T² Σ y (log y − log softmax(z / T)), where 0 · log 0 is 0.",
      doc: "Kullback-Leibler divergence of the prediction at temperature T from the label, times T²: the mean over kept pixels\nof T² Σ y (log y − log softmax(z / T)), where 0 · log 0 is 0. At T = 1 it is `ce` less the entropy of the label,\nwith the same gradient. Without kept pixels it is 0.",
      tags: {
        "labels": "soft",
        "formula": "\\frac{T^2}{n} \\sum_{i} \\sum_{c} y_{ic} \\left( \\log y_{ic} - \\log \\mathrm{softmax}(z_i / T)_c \\right)",
        "example": "kl(temperature: 2)",
        "source": "Hinton et al., Distilling the Knowledge in a Neural Network, 2015 (factor T²)"
      },
      parameters: [
        {
          "name": "temperature",
          "type": {
            "kind": "number",
            "integer": false,
            "exclusiveMinimum": 0
          },
          "doc": "T, which divides the logits of the prediction. The label is taken as it is: a teacher is tempered where its\nlabels are made.",
          "default": 1
        }
      ],
      file: "runtime/losses/kl.ts",
      load: () => import('./losses/kl.ts').then((module) => module.kl),
    },
    sdl: {
      family: "loss",
      name: "sdl",
      summary: "Soft Dice loss, L1 form: 1 − (Σxy + s) / (½ Σ(x + y) + s).",
      doc: "Soft Dice loss, L1 form: 1 − (Σxy + s) / (½ Σ(x + y) + s). The usual Dice loss of medical segmentation.\nOn soft labels it is lowest at 0 and 1, not at the label: one pixel labelled 0.5 costs 1/2 there and 1/3 at 1.",
      tags: {
        "labels": "hard",
        "formula": "1 - \\frac{\\sum xy + s}{\\frac{1}{2} \\sum (x + y) + s}",
        "example": "0.25 ce + 0.75 sdl",
        "source": "Wang et al., Dice Semimetric Losses, MICCAI 2023, section 2"
      },
      parameters: [
        {
          "name": "smooth",
          "type": {
            "kind": "number",
            "integer": false,
            "minimum": 0
          },
          "doc": "Added to the un-doubled intersection and to the denominator that belongs to it, in pixels. At 0 a class without\nprediction and label costs 0.",
          "default": 0.001,
          "unit": "pixels"
        },
        {
          "name": "gamma",
          "type": {
            "kind": "number",
            "integer": false,
            "minimum": 1
          },
          "doc": "Exponent of the loss of a class: above 1, what is nearly right counts less.",
          "default": 1
        },
        {
          "name": "log",
          "type": {
            "kind": "boolean"
          },
          "doc": "−log T in place of 1 − T. Infinite where a class that counts has no overlap at all and `smooth` is 0.",
          "default": false
        },
        {
          "name": "weights",
          "type": {
            "kind": "union",
            "of": [
              {
                "kind": "list",
                "of": {
                  "kind": "number",
                  "integer": false,
                  "minimum": 0
                }
              },
              {
                "kind": "choice",
                "values": [
                  "equal"
                ]
              }
            ]
          },
          "doc": "What the loss of each class is multiplied with, background first; the mean is not divided by their sum.",
          "default": "equal",
          "each": "class"
        },
        {
          "name": "active",
          "type": {
            "kind": "choice",
            "values": [
              "auto",
              "all",
              "present"
            ]
          },
          "doc": "Classes that count: `all`, or those `present` in the label (above `threshold` somewhere). `auto` is `all` on soft\nlabels and `present` on hard ones.",
          "default": "auto"
        },
        {
          "name": "threshold",
          "type": {
            "kind": "number",
            "integer": false,
            "minimum": 0
          },
          "doc": "Above this a class is present in a label.",
          "default": 0.01
        },
        {
          "name": "reduction",
          "type": {
            "kind": "mix",
            "of": [
              "batch",
              "image",
              "class"
            ]
          },
          "doc": "What the sums run over: `batch`, all pixels of the batch; `image`, each image by itself, then the mean over\nclasses and over images; `class`, each image by itself, then the mean over images and over classes. A weighted\nsum adds them up: `0.5 image + 0.5 class`.",
          "default": "batch"
        }
      ],
      file: "runtime/losses/sdl.ts",
      load: () => import('./losses/sdl.ts').then((module) => module.sdl),
    },
    sdl_l2: {
      family: "loss",
      name: "sdl_l2",
      summary: "Soft Dice loss, L2 form: 1 − (Σxy + s) / (½ Σ(x² + y²) + s) = Σ(x − y)² / (Σ(x² + y²) + 2s).",
      doc: "Soft Dice loss, L2 form: 1 − (Σxy + s) / (½ Σ(x² + y²) + s) = Σ(x − y)² / (Σ(x² + y²) + 2s). On soft labels it is zero\nat the label and nowhere else, but on hard ones it is not soft Dice (`sdl`), and it is no Dice semimetric loss.",
      tags: {
        "labels": "soft",
        "formula": "1 - \\frac{\\sum xy + s}{\\frac{1}{2} \\sum (x^2 + y^2) + s}",
        "example": "0.25 ce + 0.75 sdl_l2",
        "source": "Milletari et al., V-Net, 3DV 2016"
      },
      parameters: [
        {
          "name": "smooth",
          "type": {
            "kind": "number",
            "integer": false,
            "minimum": 0
          },
          "doc": "Added to the un-doubled intersection and to the denominator that belongs to it, in pixels. At 0 a class without\nprediction and label costs 0.",
          "default": 0.001,
          "unit": "pixels"
        },
        {
          "name": "gamma",
          "type": {
            "kind": "number",
            "integer": false,
            "minimum": 1
          },
          "doc": "Exponent of the loss of a class: above 1, what is nearly right counts less.",
          "default": 1
        },
        {
          "name": "log",
          "type": {
            "kind": "boolean"
          },
          "doc": "−log T in place of 1 − T. Infinite where a class that counts has no overlap at all and `smooth` is 0.",
          "default": false
        },
        {
          "name": "weights",
          "type": {
            "kind": "union",
            "of": [
              {
                "kind": "list",
                "of": {
                  "kind": "number",
                  "integer": false,
                  "minimum": 0
                }
              },
              {
                "kind": "choice",
                "values": [
                  "equal"
                ]
              }
            ]
          },
          "doc": "What the loss of each class is multiplied with, background first; the mean is not divided by their sum.",
          "default": "equal",
          "each": "class"
        },
        {
          "name": "active",
          "type": {
            "kind": "choice",
            "values": [
              "auto",
              "all",
              "present"
            ]
          },
          "doc": "Classes that count: `all`, or those `present` in the label (above `threshold` somewhere). `auto` is `all` on soft\nlabels and `present` on hard ones.",
          "default": "auto"
        },
        {
          "name": "threshold",
          "type": {
            "kind": "number",
            "integer": false,
            "minimum": 0
          },
          "doc": "Above this a class is present in a label.",
          "default": 0.01
        },
        {
          "name": "reduction",
          "type": {
            "kind": "mix",
            "of": [
              "batch",
              "image",
              "class"
            ]
          },
          "doc": "What the sums run over: `batch`, all pixels of the batch; `image`, each image by itself, then the mean over\nclasses and over images; `class`, each image by itself, then the mean over images and over classes. A weighted\nsum adds them up: `0.5 image + 0.5 class`.",
          "default": "batch"
        }
      ],
      file: "runtime/losses/sdl_l2.ts",
      load: () => import('./losses/sdl_l2.ts').then((module) => module.sdl_l2),
    },
    sjl: {
      family: "loss",
      name: "sjl",
      summary: "Soft Jaccard loss, L1 form: 1 − (Σxy + s) / (Σ(x + y) − Σxy + s).",
      doc: "Soft Jaccard loss, L1 form: 1 − (Σxy + s) / (Σ(x + y) − Σxy + s). On soft labels it is lowest at 0 and 1, not at the\nlabel: one pixel labelled 0.5 costs 2/3 there and 1/2 at 1.",
      tags: {
        "labels": "hard",
        "formula": "1 - \\frac{\\sum xy + s}{\\sum (x + y) - \\sum xy + s}",
        "example": "0.25 ce + 0.75 sjl",
        "source": "Wang et al., Jaccard Metric Losses, NeurIPS 2023 (arXiv 2302.05666)"
      },
      parameters: [
        {
          "name": "smooth",
          "type": {
            "kind": "number",
            "integer": false,
            "minimum": 0
          },
          "doc": "Added to the un-doubled intersection and to the denominator that belongs to it, in pixels. At 0 a class without\nprediction and label costs 0.",
          "default": 0.001,
          "unit": "pixels"
        },
        {
          "name": "gamma",
          "type": {
            "kind": "number",
            "integer": false,
            "minimum": 1
          },
          "doc": "Exponent of the loss of a class: above 1, what is nearly right counts less.",
          "default": 1
        },
        {
          "name": "log",
          "type": {
            "kind": "boolean"
          },
          "doc": "−log T in place of 1 − T. Infinite where a class that counts has no overlap at all and `smooth` is 0.",
          "default": false
        },
        {
          "name": "weights",
          "type": {
            "kind": "union",
            "of": [
              {
                "kind": "list",
                "of": {
                  "kind": "number",
                  "integer": false,
                  "minimum": 0
                }
              },
              {
                "kind": "choice",
                "values": [
                  "equal"
                ]
              }
            ]
          },
          "doc": "What the loss of each class is multiplied with, background first; the mean is not divided by their sum.",
          "default": "equal",
          "each": "class"
        },
        {
          "name": "active",
          "type": {
            "kind": "choice",
            "values": [
              "auto",
              "all",
              "present"
            ]
          },
          "doc": "Classes that count: `all`, or those `present` in the label (above `threshold` somewhere). `auto` is `all` on soft\nlabels and `present` on hard ones.",
          "default": "auto"
        },
        {
          "name": "threshold",
          "type": {
            "kind": "number",
            "integer": false,
            "minimum": 0
          },
          "doc": "Above this a class is present in a label.",
          "default": 0.01
        },
        {
          "name": "reduction",
          "type": {
            "kind": "mix",
            "of": [
              "batch",
              "image",
              "class"
            ]
          },
          "doc": "What the sums run over: `batch`, all pixels of the batch; `image`, each image by itself, then the mean over\nclasses and over images; `class`, each image by itself, then the mean over images and over classes. A weighted\nsum adds them up: `0.5 image + 0.5 class`.",
          "default": "batch"
        }
      ],
      file: "runtime/losses/sjl.ts",
      load: () => import('./losses/sjl.ts').then((module) => module.sjl),
    },
    tversky: {
      family: "loss",
      name: "tversky",
      summary: "Tversky loss in the form that bears soft labels: 1 − (TP + s) / (TP + fp · FP + fn · FN + s) with TP = Σ min(x, y), FP = Σ(x − y)₊, FN = Σ(y − x)₊.",
      doc: "Tversky loss in the form that bears soft labels: 1 − (TP + s) / (TP + fp · FP + fn · FN + s) with TP = Σ min(x, y),\nFP = Σ(x − y)₊, FN = Σ(y − x)₊. Weights of 0.5 and 0.5 are `dml1`, 1 and 1 `jml1`. Where both are above 0 it is zero\nat the label and nowhere else. With `norm: 2` and unequal weights FP or FN can be below 0: the loss is then negative\nsomewhere, and not lowest at the label.",
      tags: {
        "labels": "soft",
        "formula": "1 - \\frac{\\mathrm{TP} + s}{\\mathrm{TP} + \\mathrm{fp} \\cdot \\mathrm{FP} + \\mathrm{fn} \\cdot \\mathrm{FN} + s}",
        "example": "tversky(fp: 0.3, fn: 0.7)",
        "source": "Salehi et al., Tversky Loss Function, MLMI 2017; the compatible form: Wang et al., official code of Dice Semimetric Losses"
      },
      parameters: [
        {
          "name": "fp",
          "type": {
            "kind": "number",
            "integer": false,
            "minimum": 0
          },
          "doc": "Weight of false positives, Σ(x − y)₊: what is predicted above the label."
        },
        {
          "name": "fn",
          "type": {
            "kind": "number",
            "integer": false,
            "minimum": 0
          },
          "doc": "Weight of false negatives, Σ(y − x)₊: what is predicted below the label."
        },
        {
          "name": "smooth",
          "type": {
            "kind": "number",
            "integer": false,
            "minimum": 0
          },
          "doc": "Added to the un-doubled intersection and to the denominator that belongs to it, in pixels. At 0 a class without\nprediction and label costs 0.",
          "default": 0.001,
          "unit": "pixels"
        },
        {
          "name": "gamma",
          "type": {
            "kind": "number",
            "integer": false,
            "minimum": 1
          },
          "doc": "Exponent of the loss of a class: above 1, what is nearly right counts less.",
          "default": 1
        },
        {
          "name": "log",
          "type": {
            "kind": "boolean"
          },
          "doc": "−log T in place of 1 − T. Infinite where a class that counts has no overlap at all and `smooth` is 0.",
          "default": false
        },
        {
          "name": "weights",
          "type": {
            "kind": "union",
            "of": [
              {
                "kind": "list",
                "of": {
                  "kind": "number",
                  "integer": false,
                  "minimum": 0
                }
              },
              {
                "kind": "choice",
                "values": [
                  "equal"
                ]
              }
            ]
          },
          "doc": "What the loss of each class is multiplied with, background first; the mean is not divided by their sum.",
          "default": "equal",
          "each": "class"
        },
        {
          "name": "active",
          "type": {
            "kind": "choice",
            "values": [
              "auto",
              "all",
              "present"
            ]
          },
          "doc": "Classes that count: `all`, or those `present` in the label (above `threshold` somewhere). `auto` is `all` on soft\nlabels and `present` on hard ones.",
          "default": "auto"
        },
        {
          "name": "threshold",
          "type": {
            "kind": "number",
            "integer": false,
            "minimum": 0
          },
          "doc": "Above this a class is present in a label.",
          "default": 0.01
        },
        {
          "name": "reduction",
          "type": {
            "kind": "mix",
            "of": [
              "batch",
              "image",
              "class"
            ]
          },
          "doc": "What the sums run over: `batch`, all pixels of the batch; `image`, each image by itself, then the mean over\nclasses and over images; `class`, each image by itself, then the mean over images and over classes. A weighted\nsum adds them up: `0.5 image + 0.5 class`.",
          "default": "batch"
        },
        {
          "name": "norm",
          "type": {
            "kind": "number",
            "integer": true,
            "minimum": 1,
            "maximum": 2
          },
          "doc": "Power p of the sizes Σxᵖ, Σyᵖ and of the distance Σ|x − y|ᵖ. At 2 the intersection becomes Σxy and the loss is\nsmooth at the label, but no longer equal to soft Dice or Jaccard where labels are hard.",
          "default": 1
        }
      ],
      file: "runtime/losses/tversky.ts",
      load: () => import('./losses/tversky.ts').then((module) => module.tversky),
    },
  },
  optimizer: {
    adamw: {
      family: "optimizer",
      name: "adamw",
      summary: "Adam with decoupled weight decay: w −= rate · decay · w; m = β₁m + (1 − β₁)g; q = β₂q + (1 − β₂)g²; w −= rate · (m / (1 − β₁ᵗ)) / (√(q / (1 − β₂ᵗ)) + epsilon), t from 1.",
      doc: "Adam with decoupled weight decay: w −= rate · decay · w; m = β₁m + (1 − β₁)g; q = β₂q + (1 − β₂)g²;\nw −= rate · (m / (1 − β₁ᵗ)) / (√(q / (1 − β₂ᵗ)) + epsilon), t from 1. Means start at 0.",
      tags: {
        "source": "Loshchilov and Hutter, Decoupled Weight Decay Regularization, ICLR 2019; torch.optim.AdamW"
      },
      parameters: [
        {
          "name": "decay",
          "type": {
            "kind": "number",
            "integer": false,
            "minimum": 0
          },
          "doc": "Weight decay, apart from the gradient: w −= rate · decay · w. Parameters of one dimension (biases, norms) have none.",
          "default": 0.01
        },
        {
          "name": "beta1",
          "type": {
            "kind": "number",
            "integer": false,
            "minimum": 0,
            "maximum": 1
          },
          "doc": "Share of the mean gradient that is kept in a step.",
          "default": 0.9
        },
        {
          "name": "beta2",
          "type": {
            "kind": "number",
            "integer": false,
            "minimum": 0,
            "maximum": 1
          },
          "doc": "Share of the mean squared gradient that is kept in a step.",
          "default": 0.999
        },
        {
          "name": "epsilon",
          "type": {
            "kind": "number",
            "integer": false,
            "exclusiveMinimum": 0
          },
          "doc": "Added to the root of the mean squared gradient.",
          "default": 1e-8
        },
        {
          "name": "rate",
          "type": {
            "kind": "number",
            "integer": false,
            "exclusiveMinimum": 0
          },
          "doc": "Learning rate; a schedule multiplies it, step by step."
        },
        {
          "name": "decoder_factor",
          "type": {
            "kind": "number",
            "integer": false,
            "exclusiveMinimum": 0
          },
          "doc": "How many times the rate the weights outside of the encoder have: those of the decoder and of the heads.",
          "default": 1
        }
      ],
      file: "runtime/optimizers/adamw.ts",
      load: () => import('./optimizers/adamw.ts').then((module) => module.adamw),
    },
    sgd: {
      family: "optimizer",
      name: "sgd",
      summary: "Stochastic gradient descent with momentum: d = g + decay · w; v = momentum · v + d; w −= rate · v, or with `nesterov` w −= rate · (d + momentum · v).",
      doc: "Stochastic gradient descent with momentum: d = g + decay · w; v = momentum · v + d; w −= rate · v, or with\n`nesterov` w −= rate · (d + momentum · v). The velocity starts at 0 and is not damped.",
      tags: {
        "source": "torch.optim.SGD; Sutskever et al., ICML 2013"
      },
      parameters: [
        {
          "name": "momentum",
          "type": {
            "kind": "number",
            "integer": false,
            "minimum": 0,
            "maximum": 1
          },
          "doc": "Share of the last update that goes into the next.",
          "default": 0
        },
        {
          "name": "decay",
          "type": {
            "kind": "number",
            "integer": false,
            "minimum": 0
          },
          "doc": "Weight decay, added to the gradient. Parameters of one dimension (biases, norms) have none.",
          "default": 0
        },
        {
          "name": "nesterov",
          "type": {
            "kind": "boolean"
          },
          "doc": "Looks ahead along the momentum.",
          "default": false
        },
        {
          "name": "rate",
          "type": {
            "kind": "number",
            "integer": false,
            "exclusiveMinimum": 0
          },
          "doc": "Learning rate; a schedule multiplies it, step by step."
        },
        {
          "name": "decoder_factor",
          "type": {
            "kind": "number",
            "integer": false,
            "exclusiveMinimum": 0
          },
          "doc": "How many times the rate the weights outside of the encoder have: those of the decoder and of the heads.",
          "default": 1
        }
      ],
      file: "runtime/optimizers/sgd.ts",
      load: () => import('./optimizers/sgd.ts').then((module) => module.sgd),
    },
  },
  schedule: {
    constant: {
      family: "schedule",
      name: "constant",
      summary: "The optimizer's own rate.",
      doc: "The optimizer's own rate.",
      tags: {},
      parameters: [
        {
          "name": "duration",
          "type": {
            "kind": "union",
            "of": [
              {
                "kind": "quantity",
                "dimension": "share"
              },
              {
                "kind": "quantity",
                "dimension": "duration"
              },
              {
                "kind": "choice",
                "values": [
                  "rest"
                ]
              }
            ]
          },
          "doc": "How long: a share of the run, epochs, steps, or the rest of the run.",
          "default": "rest"
        }
      ],
      file: "runtime/schedules/constant.ts",
      load: () => import('./schedules/constant.ts').then((module) => module.constant),
    },
    poly: {
      family: "schedule",
      name: "poly",
      summary: "Polynomial decay, step by step, from the optimizer's rate to 0 at the end of the phase: (1 − step / steps) ^ power.",
      doc: "Polynomial decay, step by step, from the optimizer's rate to 0 at the end of the phase: (1 − step / steps) ^ power.",
      tags: {
        "source": "official code of the Dice semimetric losses, power 0.9"
      },
      parameters: [
        {
          "name": "power",
          "type": {
            "kind": "number",
            "integer": false,
            "minimum": 0
          },
          "doc": "1 falls in a straight line, less stays high for longer.",
          "default": 0.9
        },
        {
          "name": "duration",
          "type": {
            "kind": "union",
            "of": [
              {
                "kind": "quantity",
                "dimension": "share"
              },
              {
                "kind": "quantity",
                "dimension": "duration"
              },
              {
                "kind": "choice",
                "values": [
                  "rest"
                ]
              }
            ]
          },
          "doc": "How long: a share of the run, epochs, steps, or the rest of the run.",
          "default": "rest"
        }
      ],
      file: "runtime/schedules/poly.ts",
      load: () => import('./schedules/poly.ts').then((module) => module.poly),
    },
    warmup: {
      family: "schedule",
      name: "warmup",
      summary: "Linear rise to the optimizer's rate: max(from / rate, step / steps).",
      doc: "Linear rise to the optimizer's rate: max(from / rate, step / steps).",
      tags: {
        "source": "official code of the Dice semimetric losses: 1 % of the steps, from 1e-6"
      },
      parameters: [
        {
          "name": "duration",
          "type": {
            "kind": "union",
            "of": [
              {
                "kind": "quantity",
                "dimension": "share"
              },
              {
                "kind": "quantity",
                "dimension": "duration"
              }
            ]
          },
          "doc": "How long: a share of the run (not rounded to whole steps), epochs or steps.",
          "default": 0.01
        },
        {
          "name": "from",
          "type": {
            "kind": "number",
            "integer": false,
            "minimum": 0
          },
          "doc": "Rate that it starts from. It divides the optimizer's rate to give the lowest factor, so parameter groups with a\nhigher rate start higher.",
          "default": 0.000001
        }
      ],
      file: "runtime/schedules/warmup.ts",
      load: () => import('./schedules/warmup.ts').then((module) => module.warmup),
    },
  },
  metric: {
    accuracy: {
      family: "metric",
      name: "accuracy",
      summary: "Share of the pixels that are predicted right, a fraction.",
      doc: "Share of the pixels that are predicted right, a fraction. Of one class it is its recall, TP / (TP + FN); averaged over\n`classes` it is the mean recall, known as mAcc or balanced accuracy. By class it is averaged so in any case. Each side\ntakes the class of its largest value (of a soft truth, too), the lower class on ties.\n\n0/0: what has no pixel of the classes on either side is left out of the mean (`empty`). A class that is in the\nprediction alone has no recall: where `active` lets it count, a mean with it is undefined, unless `empty` is `skip`.",
      tags: {
        "truth": "hard",
        "formula": "\\mathrm{Acc} = \\frac{\\sum_c TP_c}{\\sum_c (TP_c + FN_c)},\\quad \\mathrm{mAcc} = \\frac{1}{C} \\sum_c \\frac{TP_c}{TP_c + FN_c}",
        "example": "accuracy(classes, by: data)",
        "source": "official code of the Dice semimetric losses"
      },
      parameters: [
        {
          "name": "average",
          "type": {
            "kind": "choice",
            "values": [
              "pixels",
              "classes"
            ]
          },
          "doc": "`pixels`: the share of all pixels of the classes that are right; `classes`: that of each class, then their mean.",
          "default": "pixels"
        },
        {
          "name": "by",
          "type": {
            "kind": "choice",
            "values": [
              "case",
              "image",
              "class",
              "data"
            ]
          },
          "doc": "What is counted together and what the mean is over. `case`: all images of a case; the mean over its classes, then\nover the cases. `image`: each image; the mean over its classes, then over all images. `class`: each image; the mean\nover the images of a class, then over the classes. `data`: all cases; the mean over the classes.",
          "default": "case"
        },
        {
          "name": "classes",
          "type": {
            "kind": "union",
            "of": [
              {
                "kind": "list",
                "of": {
                  "kind": "number",
                  "integer": true,
                  "minimum": 0
                }
              },
              {
                "kind": "choice",
                "values": [
                  "foreground",
                  "all"
                ]
              }
            ]
          },
          "doc": "Classes that count: all but the background, all, or some by their numbers.",
          "default": "all"
        },
        {
          "name": "active",
          "type": {
            "kind": "choice",
            "values": [
              "auto",
              "truth",
              "either",
              "all"
            ]
          },
          "doc": "Which of them count in an image, or in what else `by` counts over: those in the `truth`, those on `either` side, or\n`all`. `auto` is `all` by case and data, `either` by image and class.",
          "default": "truth"
        },
        {
          "name": "worst",
          "type": {
            "kind": "union",
            "of": [
              {
                "kind": "quantity",
                "dimension": "share"
              },
              {
                "kind": "choice",
                "values": [
                  "deciles"
                ]
              }
            ]
          },
          "doc": "The mean of this share of the values, the lowest ones, at least of one; 100 % is all of them. By class it is taken\nof the values of each class. `deciles` is the mean of that for 10, 20 … 100 %.",
          "default": 1
        },
        {
          "name": "empty",
          "type": {
            "kind": "choice",
            "values": [
              "one",
              "skip",
              "undefined"
            ]
          },
          "doc": "What 0/0 is, a class on neither side, or an image without a class that counts: `one`; `skip`, left out of the mean;\nor `undefined`, and with it every mean that it is in.",
          "default": "skip"
        }
      ],
      file: "runtime/metrics/accuracy.ts",
      load: () => import('./metrics/accuracy.ts').then((module) => module.accuracy),
    },
    ace: {
      family: "metric",
      name: "ace",
      summary: "Adaptive calibration error, a fraction: for each class its probabilities in order, cut into bins of equal mass, in each the mean probability against the share of pixels that have the class (on a soft truth: the mean of it); the mean over bins and classes, of each case, then the plain mean over the cases.",
      doc: "Adaptive calibration error, a fraction: for each class its probabilities in order, cut into bins of equal mass, in\neach the mean probability against the share of pixels that have the class (on a soft truth: the mean of it); the mean\nover bins and classes, of each case, then the plain mean over the cases. Each of R bins holds n/R of n pixels exactly: a\npixel on a cut goes to both sides in parts, and so do all that have the same probability, since nothing orders them.\n\n0/0: a case or image without such pixels has no value and is left out of the mean, as is a class without any above the\nthreshold.",
      tags: {
        "truth": "hard",
        "better": "lower",
        "needs": "probabilities",
        "formula": "\\mathrm{ACE} = \\frac{1}{C R} \\sum_c \\sum_{r=1}^{R} \\left| \\overline{y}_{cr} - \\overline{p}_{cr} \\right|",
        "example": "ace(bins: 15, threshold: 1%)",
        "source": "Nixon et al., Measuring Calibration in Deep Learning, 2019"
      },
      parameters: [
        {
          "name": "bins",
          "type": {
            "kind": "number",
            "integer": true,
            "minimum": 1
          },
          "doc": "Number of bins of equal mass.",
          "default": 10
        },
        {
          "name": "by",
          "type": {
            "kind": "choice",
            "values": [
              "case",
              "image"
            ]
          },
          "doc": "What one value is of: a `case` or an `image`, then their mean. All cases together would have to be held at once.",
          "default": "case"
        },
        {
          "name": "classes",
          "type": {
            "kind": "union",
            "of": [
              {
                "kind": "union",
                "of": [
                  {
                    "kind": "list",
                    "of": {
                      "kind": "number",
                      "integer": true,
                      "minimum": 0
                    }
                  },
                  {
                    "kind": "choice",
                    "values": [
                      "foreground",
                      "all"
                    ]
                  }
                ]
              },
              {
                "kind": "choice",
                "values": [
                  "auto"
                ]
              }
            ]
          },
          "doc": "Classes that count; `auto` is the foreground of two classes, and all of more.",
          "default": "auto"
        },
        {
          "name": "threshold",
          "type": {
            "kind": "quantity",
            "dimension": "share"
          },
          "doc": "Probabilities below this are left out, so that the many near 0 do not fill the bins; above 0 it is known as TACE.",
          "default": 0
        }
      ],
      file: "runtime/metrics/ace.ts",
      load: () => import('./metrics/ace.ts').then((module) => module.ace),
    },
    bdice: {
      family: "metric",
      name: "bdice",
      summary: "Binarised Dice against a soft truth, a fraction: at each level both sides become 1 where they are at or above it; the Dice of these masks, as `dice` has it, then the plain mean over the levels.",
      doc: "Binarised Dice against a soft truth, a fraction: at each level both sides become 1 where they are at or above it; the\nDice of these masks, as `dice` has it, then the plain mean over the levels. Levels are k / (levels + 1), compared in\nfloat64, so that a truth of 3 raters of 10 is at the level 0.3.\n\n0/0, a class that reaches a level on neither side, is 1 there (`empty`). What has no pixel that counts has no value.",
      tags: {
        "truth": "soft",
        "formula": "\\mathrm{BDice} = \\frac{1}{L} \\sum_{k=1}^{L} \\mathrm{Dice}\\left([p \\ge t_k],\\, [y \\ge t_k]\\right),\\quad t_k = \\frac{k}{L+1}",
        "example": "bdice(levels: 9)",
        "source": "QUBIQ challenge; official code of the Dice semimetric losses"
      },
      parameters: [
        {
          "name": "levels",
          "type": {
            "kind": "number",
            "integer": true,
            "minimum": 1
          },
          "doc": "Number of levels, evenly spaced: 9 are 0.1, 0.2 … 0.9.",
          "default": 9
        },
        {
          "name": "by",
          "type": {
            "kind": "choice",
            "values": [
              "case",
              "image",
              "class",
              "data"
            ]
          },
          "doc": "What is counted together and what the mean is over. `case`: all images of a case; the mean over its classes, then\nover the cases. `image`: each image; the mean over its classes, then over all images. `class`: each image; the mean\nover the images of a class, then over the classes. `data`: all cases; the mean over the classes.",
          "default": "case"
        },
        {
          "name": "classes",
          "type": {
            "kind": "union",
            "of": [
              {
                "kind": "list",
                "of": {
                  "kind": "number",
                  "integer": true,
                  "minimum": 0
                }
              },
              {
                "kind": "choice",
                "values": [
                  "foreground",
                  "all"
                ]
              }
            ]
          },
          "doc": "Classes that count: all but the background, all, or some by their numbers.",
          "default": "foreground"
        },
        {
          "name": "active",
          "type": {
            "kind": "choice",
            "values": [
              "auto",
              "truth",
              "either",
              "all"
            ]
          },
          "doc": "Which of them count in an image, or in what else `by` counts over: those in the `truth`, those on `either` side, or\n`all`. `auto` is `all` by case and data, `either` by image and class.",
          "default": "auto"
        },
        {
          "name": "worst",
          "type": {
            "kind": "union",
            "of": [
              {
                "kind": "quantity",
                "dimension": "share"
              },
              {
                "kind": "choice",
                "values": [
                  "deciles"
                ]
              }
            ]
          },
          "doc": "The mean of this share of the values, the lowest ones, at least of one; 100 % is all of them. By class it is taken\nof the values of each class. `deciles` is the mean of that for 10, 20 … 100 %.",
          "default": 1
        },
        {
          "name": "empty",
          "type": {
            "kind": "choice",
            "values": [
              "one",
              "skip",
              "undefined"
            ]
          },
          "doc": "What 0/0 is, a class on neither side, or an image without a class that counts: `one`; `skip`, left out of the mean;\nor `undefined`, and with it every mean that it is in.",
          "default": "one"
        }
      ],
      file: "runtime/metrics/bdice.ts",
      load: () => import('./metrics/bdice.ts').then((module) => module.bdice),
    },
    brier: {
      family: "metric",
      name: "brier",
      summary: "Brier score: the squared distance of the probabilities from the truth, summed over the classes, its mean over the pixels; without options of each case, then the plain mean over the cases. 0 … 2, and no fraction: over all of two classes it is twice that of the foreground alone.",
      doc: "Brier score: the squared distance of the probabilities from the truth, summed over the classes, its mean over the\npixels; without options of each case, then the plain mean over the cases. 0 … 2, and no fraction: over all of two\nclasses it is twice that of the foreground alone. A soft truth stands as it is; the score is lowest, 0, where the\nprediction equals it.\n\n0/0: a case or image without pixels has no value and is left out of the mean.",
      tags: {
        "truth": "soft",
        "better": "lower",
        "needs": "probabilities",
        "unit": "number",
        "formula": "\\mathrm{BS} = \\frac{1}{n} \\sum_i \\sum_c (p_{ic} - y_{ic})^2",
        "example": "brier(classes: foreground)",
        "source": "Brier, Verification of Forecasts Expressed in Terms of Probability, 1950"
      },
      parameters: [
        {
          "name": "by",
          "type": {
            "kind": "choice",
            "values": [
              "case",
              "image",
              "data"
            ]
          },
          "doc": "What one value is of: a `case`, an `image`, then their mean; or `data`, all cases together.",
          "default": "case"
        },
        {
          "name": "classes",
          "type": {
            "kind": "union",
            "of": [
              {
                "kind": "list",
                "of": {
                  "kind": "number",
                  "integer": true,
                  "minimum": 0
                }
              },
              {
                "kind": "choice",
                "values": [
                  "foreground",
                  "all"
                ]
              }
            ]
          },
          "doc": "Classes whose squares are summed.",
          "default": "all"
        }
      ],
      file: "runtime/metrics/brier.ts",
      load: () => import('./metrics/brier.ts').then((module) => module.brier),
    },
    dice: {
      family: "metric",
      name: "dice",
      summary: "Dice score: 2TP / (2TP + FP + FN), a fraction.",
      doc: "Dice score: 2TP / (2TP + FP + FN), a fraction. Each side takes the class of its largest value (of a soft truth, too),\nthe lower class on ties. Without options it is the medical protocol: the foreground of a case, all slices pooled, then\nthe plain mean over the cases; with several foreground classes it is their mean.\n\n0/0, a class on neither side, is 1 (`empty`). What has no pixel that counts has no value.",
      tags: {
        "truth": "hard",
        "formula": "\\mathrm{Dice} = \\frac{2\\,TP}{2\\,TP + FP + FN}",
        "example": "dice(by: image, worst: 10%)",
        "source": "official code of the Dice semimetric losses, medical protocol"
      },
      parameters: [
        {
          "name": "by",
          "type": {
            "kind": "choice",
            "values": [
              "case",
              "image",
              "class",
              "data"
            ]
          },
          "doc": "What is counted together and what the mean is over. `case`: all images of a case; the mean over its classes, then\nover the cases. `image`: each image; the mean over its classes, then over all images. `class`: each image; the mean\nover the images of a class, then over the classes. `data`: all cases; the mean over the classes.",
          "default": "case"
        },
        {
          "name": "classes",
          "type": {
            "kind": "union",
            "of": [
              {
                "kind": "list",
                "of": {
                  "kind": "number",
                  "integer": true,
                  "minimum": 0
                }
              },
              {
                "kind": "choice",
                "values": [
                  "foreground",
                  "all"
                ]
              }
            ]
          },
          "doc": "Classes that count: all but the background, all, or some by their numbers.",
          "default": "foreground"
        },
        {
          "name": "active",
          "type": {
            "kind": "choice",
            "values": [
              "auto",
              "truth",
              "either",
              "all"
            ]
          },
          "doc": "Which of them count in an image, or in what else `by` counts over: those in the `truth`, those on `either` side, or\n`all`. `auto` is `all` by case and data, `either` by image and class.",
          "default": "auto"
        },
        {
          "name": "worst",
          "type": {
            "kind": "union",
            "of": [
              {
                "kind": "quantity",
                "dimension": "share"
              },
              {
                "kind": "choice",
                "values": [
                  "deciles"
                ]
              }
            ]
          },
          "doc": "The mean of this share of the values, the lowest ones, at least of one; 100 % is all of them. By class it is taken\nof the values of each class. `deciles` is the mean of that for 10, 20 … 100 %.",
          "default": 1
        },
        {
          "name": "empty",
          "type": {
            "kind": "choice",
            "values": [
              "one",
              "skip",
              "undefined"
            ]
          },
          "doc": "What 0/0 is, a class on neither side, or an image without a class that counts: `one`; `skip`, left out of the mean;\nor `undefined`, and with it every mean that it is in.",
          "default": "one"
        }
      ],
      file: "runtime/metrics/dice.ts",
      load: () => import('./metrics/dice.ts').then((module) => module.dice),
    },
    ece: {
      family: "metric",
      name: "ece",
      summary: "Expected calibration error of the top label, a fraction: the probability of the predicted class against how often it is right, over all pixels, background included; without options of each case, then the plain mean over the cases.",
      doc: "Expected calibration error of the top label, a fraction: the probability of the predicted class against how often it\nis right, over all pixels, background included; without options of each case, then the plain mean over the cases. A\nhit is 1 or 0 on a hard truth, and on a soft one the truth's value of the predicted class. Bins are left-closed; 1\nfalls into the last.\n\n0/0: a case or image without such pixels has no value and is left out of the mean.",
      tags: {
        "truth": "hard",
        "better": "lower",
        "needs": "probabilities",
        "formula": "\\mathrm{ECE} = \\sum_b \\frac{n_b}{n} \\left| \\overline{\\mathrm{hit}}_b - \\overline{\\mathrm{conf}}_b \\right|",
        "example": "ece(bins: 15, by: data)",
        "source": "official code of the Dice semimetric losses"
      },
      parameters: [
        {
          "name": "bins",
          "type": {
            "kind": "number",
            "integer": true,
            "minimum": 1
          },
          "doc": "Number of equally wide bins of the confidence.",
          "default": 10
        },
        {
          "name": "by",
          "type": {
            "kind": "choice",
            "values": [
              "case",
              "image",
              "data"
            ]
          },
          "doc": "What one value is of: a `case`, an `image`, then their mean; or `data`, all cases together.",
          "default": "case"
        },
        {
          "name": "classes",
          "type": {
            "kind": "union",
            "of": [
              {
                "kind": "list",
                "of": {
                  "kind": "number",
                  "integer": true,
                  "minimum": 0
                }
              },
              {
                "kind": "choice",
                "values": [
                  "foreground",
                  "all"
                ]
              }
            ]
          },
          "doc": "Pixels that are predicted as one of these classes count.",
          "default": "all"
        }
      ],
      file: "runtime/metrics/ece.ts",
      load: () => import('./metrics/ece.ts').then((module) => module.ece),
    },
    extreme: {
      family: "metric",
      name: "extreme",
      summary: "Share of the foreground's probabilities (1 less that of the background) that are pushed below `low` or above `high`, a fraction; without options of each case, then the plain mean over the cases that have such pixels.",
      doc: "Share of the foreground's probabilities (1 less that of the background) that are pushed below `low` or above\n`high`, a fraction; without options of each case, then the plain mean over the cases that have such pixels. Where\nraters disagree a probability near 0 or 1 is overconfident. It looks at the raters, and at no truth.\n\n0/0: a case or image without such pixels has no value and is left out of the mean.",
      tags: {
        "better": "lower",
        "formula": "\\frac{\\left|\\{i : f_i < low \\lor f_i > high\\}\\right|}{n},\\quad f_i = \\sum_{c \\ge 1} p_{ic}",
        "example": "extreme(low: 1%, high: 99%)"
      },
      parameters: [
        {
          "name": "low",
          "type": {
            "kind": "quantity",
            "dimension": "share"
          },
          "doc": "Probabilities below this are extreme.",
          "default": 0.05
        },
        {
          "name": "high",
          "type": {
            "kind": "quantity",
            "dimension": "share"
          },
          "doc": "Probabilities above this are extreme.",
          "default": 0.95
        },
        {
          "name": "where",
          "type": {
            "kind": "choice",
            "values": [
              "disputed",
              "all"
            ]
          },
          "doc": "Which pixels count: those where the raters disagree, or all.",
          "default": "disputed"
        },
        {
          "name": "by",
          "type": {
            "kind": "choice",
            "values": [
              "case",
              "image",
              "data"
            ]
          },
          "doc": "What one value is of: a `case`, an `image`, then their mean; or `data`, all cases together.",
          "default": "case"
        }
      ],
      file: "runtime/metrics/extreme.ts",
      load: () => import('./metrics/extreme.ts').then((module) => module.extreme),
    },
    jaccard: {
      family: "metric",
      name: "jaccard",
      summary: "Jaccard index, intersection over union: TP / (TP + FP + FN), a fraction.",
      doc: "Jaccard index, intersection over union: TP / (TP + FP + FN), a fraction. Each side takes the class of its largest\nvalue (of a soft truth, too), the lower class on ties. Without options it is the foreground of a case, all slices\npooled, then the plain mean over the cases; with several foreground classes it is their mean.\n\n0/0, a class on neither side, is 1 (`empty`). What has no pixel that counts has no value.",
      tags: {
        "truth": "hard",
        "formula": "\\mathrm{IoU} = \\frac{TP}{TP + FP + FN}",
        "example": "jaccard(by: data, classes: all)",
        "source": "official code of the Dice semimetric losses"
      },
      parameters: [
        {
          "name": "by",
          "type": {
            "kind": "choice",
            "values": [
              "case",
              "image",
              "class",
              "data"
            ]
          },
          "doc": "What is counted together and what the mean is over. `case`: all images of a case; the mean over its classes, then\nover the cases. `image`: each image; the mean over its classes, then over all images. `class`: each image; the mean\nover the images of a class, then over the classes. `data`: all cases; the mean over the classes.",
          "default": "case"
        },
        {
          "name": "classes",
          "type": {
            "kind": "union",
            "of": [
              {
                "kind": "list",
                "of": {
                  "kind": "number",
                  "integer": true,
                  "minimum": 0
                }
              },
              {
                "kind": "choice",
                "values": [
                  "foreground",
                  "all"
                ]
              }
            ]
          },
          "doc": "Classes that count: all but the background, all, or some by their numbers.",
          "default": "foreground"
        },
        {
          "name": "active",
          "type": {
            "kind": "choice",
            "values": [
              "auto",
              "truth",
              "either",
              "all"
            ]
          },
          "doc": "Which of them count in an image, or in what else `by` counts over: those in the `truth`, those on `either` side, or\n`all`. `auto` is `all` by case and data, `either` by image and class.",
          "default": "auto"
        },
        {
          "name": "worst",
          "type": {
            "kind": "union",
            "of": [
              {
                "kind": "quantity",
                "dimension": "share"
              },
              {
                "kind": "choice",
                "values": [
                  "deciles"
                ]
              }
            ]
          },
          "doc": "The mean of this share of the values, the lowest ones, at least of one; 100 % is all of them. By class it is taken\nof the values of each class. `deciles` is the mean of that for 10, 20 … 100 %.",
          "default": 1
        },
        {
          "name": "empty",
          "type": {
            "kind": "choice",
            "values": [
              "one",
              "skip",
              "undefined"
            ]
          },
          "doc": "What 0/0 is, a class on neither side, or an image without a class that counts: `one`; `skip`, left out of the mean;\nor `undefined`, and with it every mean that it is in.",
          "default": "one"
        }
      ],
      file: "runtime/metrics/jaccard.ts",
      load: () => import('./metrics/jaccard.ts').then((module) => module.jaccard),
    },
    nll: {
      family: "metric",
      name: "nll",
      summary: "Negative log-likelihood in nats: −log of the probability of the true class, its mean over the pixels; without options of each case, then the plain mean over the cases.",
      doc: "Negative log-likelihood in nats: −log of the probability of the true class, its mean over the pixels; without options of\neach case, then the plain mean over the cases. On a soft truth it is the cross-entropy, lowest where the prediction\nequals the truth, and there the truth's entropy, not 0. A probability of 0 where the truth has something is not infinite\nbut counts as `floor`; where the truth has nothing it costs 0.\n\n0/0: a case or image without pixels, or without truth of the classes, has no value and is left out of the mean.",
      tags: {
        "truth": "soft",
        "better": "lower",
        "needs": "probabilities",
        "unit": "nats",
        "formula": "\\mathrm{NLL} = -\\frac{1}{n} \\sum_i \\sum_c y_{ic} \\log p_{ic}",
        "example": "nll(by: data)"
      },
      parameters: [
        {
          "name": "by",
          "type": {
            "kind": "choice",
            "values": [
              "case",
              "image",
              "data"
            ]
          },
          "doc": "What one value is of: a `case`, an `image`, then their mean; or `data`, all cases together.",
          "default": "case"
        },
        {
          "name": "classes",
          "type": {
            "kind": "union",
            "of": [
              {
                "kind": "list",
                "of": {
                  "kind": "number",
                  "integer": true,
                  "minimum": 0
                }
              },
              {
                "kind": "choice",
                "values": [
                  "foreground",
                  "all"
                ]
              }
            ]
          },
          "doc": "Classes of the truth that count: with fewer than all it is their mean over the truth that they have.",
          "default": "all"
        },
        {
          "name": "floor",
          "type": {
            "kind": "number",
            "integer": false,
            "maximum": 1,
            "exclusiveMinimum": 0
          },
          "doc": "Probabilities below this count as this, so that one of 0 costs much and not infinitely much. The default lies below\nwhatever float32 holds and costs 103.6 nats.",
          "default": 1e-45
        }
      ],
      file: "runtime/metrics/nll.ts",
      load: () => import('./metrics/nll.ts').then((module) => module.nll),
    },
    sce: {
      family: "metric",
      name: "sce",
      summary: "Static calibration error, a fraction: for each class its probability at every pixel against how often it is a hit, as `ece` has it, then the mean over the classes; without options of each case, then the plain mean over the cases.",
      doc: "Static calibration error, a fraction: for each class its probability at every pixel against how often it is a hit, as\n`ece` has it, then the mean over the classes; without options of each case, then the plain mean over the cases. On a\nsoft truth a hit counts as much as the truth has of the class. Bins are left-closed; 1 falls into the last.\n\n0/0: a case or image without pixels or classes that count has no value and is left out of the mean.",
      tags: {
        "truth": "hard",
        "better": "lower",
        "needs": "probabilities",
        "formula": "\\mathrm{SCE} = \\frac{1}{C} \\sum_c \\sum_b \\frac{n_{cb}}{n} \\left| \\overline{\\mathrm{hit}}_{cb} - \\overline{p}_{cb} \\right|",
        "example": "sce(bins: 15, hit: label)",
        "source": "Nixon et al., Measuring Calibration in Deep Learning, 2019, with hit: label; official code of the Dice semimetric losses"
      },
      parameters: [
        {
          "name": "bins",
          "type": {
            "kind": "number",
            "integer": true,
            "minimum": 1
          },
          "doc": "Number of equally wide bins of the confidence.",
          "default": 10
        },
        {
          "name": "by",
          "type": {
            "kind": "choice",
            "values": [
              "case",
              "image",
              "data"
            ]
          },
          "doc": "What one value is of: a `case`, an `image`, then their mean; or `data`, all cases together.",
          "default": "case"
        },
        {
          "name": "classes",
          "type": {
            "kind": "union",
            "of": [
              {
                "kind": "union",
                "of": [
                  {
                    "kind": "list",
                    "of": {
                      "kind": "number",
                      "integer": true,
                      "minimum": 0
                    }
                  },
                  {
                    "kind": "choice",
                    "values": [
                      "foreground",
                      "all"
                    ]
                  }
                ]
              },
              {
                "kind": "choice",
                "values": [
                  "auto"
                ]
              }
            ]
          },
          "doc": "Classes that count; `auto` is the foreground of two classes, and all of more.",
          "default": "auto"
        },
        {
          "name": "active",
          "type": {
            "kind": "choice",
            "values": [
              "auto",
              "all",
              "truth"
            ]
          },
          "doc": "Which of them count in a case or image: `all`, or those in its `truth`. `auto` is `truth` by image where there are\nmore than two classes, else `all`.",
          "default": "auto"
        },
        {
          "name": "hit",
          "type": {
            "kind": "choice",
            "values": [
              "predicted",
              "label"
            ]
          },
          "doc": "When a pixel is a hit of a class: `predicted`, the truth is the class and so is the prediction; `label`, the truth is\nthe class. The first is that of the official code, the second the usual class-wise error.",
          "default": "predicted"
        }
      ],
      file: "runtime/metrics/sce.ts",
      load: () => import('./metrics/sce.ts').then((module) => module.sce),
    },
  },
  prediction: {
    center: {
      family: "prediction",
      name: "center",
      summary: "One window in the middle of an image, of the size of `crop`: what lies outside of it is neither predicted nor scored.",
      doc: "One window in the middle of an image, of the size of `crop`: what lies outside of it is neither predicted nor scored. A\nsmaller image is put in its middle, and the padding does not count. A student of such a network still learns from whole\nimages: they are predicted by `sliding`.",
      tags: {
        "windows": "middle",
        "example": "center |> flips(horizontal)",
        "source": "official code of the Dice semimetric losses"
      },
      parameters: [],
      file: "runtime/prediction/center.ts",
      load: () => import('./prediction/center.ts').then((module) => module.center),
    },
    flips: {
      family: "prediction",
      name: "flips",
      summary: "Test-time augmentation: the mean of the probabilities of the windows as they are and mirrored, turned back.",
      doc: "Test-time augmentation: the mean of the probabilities of the windows as they are and mirrored, turned back. It takes two\npredictions for one direction, four for `all`.",
      tags: {
        "example": "center |> flips(horizontal)"
      },
      parameters: [
        {
          "name": "directions",
          "type": {
            "kind": "choice",
            "values": [
              "all",
              "horizontal",
              "vertical"
            ]
          },
          "doc": "`horizontal` swaps left and right, `vertical` top and bottom, `all` looks both ways in both.",
          "default": "all"
        }
      ],
      file: "runtime/prediction/flips.ts",
      load: () => import('./prediction/flips.ts').then((module) => module.flips),
    },
    sliding: {
      family: "prediction",
      name: "sliding",
      summary: "The whole image by windows of the size of `crop`, in rows and columns of which the last ends with the image.",
      doc: "The whole image by windows of the size of `crop`, in rows and columns of which the last ends with the image. Where\nwindows overlap, the logits are averaged. Along a side on which the image is smaller there is one window, with the image\nin its middle, and the padding does not count.",
      tags: {
        "windows": "image",
        "example": "sliding(stride: 1/2) |> flips(all)",
        "source": "stride 2/3 and the mean of logits: official code of the Dice semimetric losses; the Gaussian: nnU-Net"
      },
      parameters: [
        {
          "name": "stride",
          "type": {
            "kind": "number",
            "integer": false,
            "maximum": 1,
            "exclusiveMinimum": 0
          },
          "doc": "How far a window lies from the next, as a share of it, rounded down to whole pixels.",
          "default": 0.6666666666666666
        },
        {
          "name": "blend",
          "type": {
            "kind": "choice",
            "values": [
              "uniform",
              "gaussian"
            ]
          },
          "doc": "How much a pixel of a window counts where windows overlap: all alike, or by a Gaussian around the middle of the window,\nwhose deviation is an eighth of its sides, because a network knows least at the border.",
          "default": "uniform"
        }
      ],
      file: "runtime/prediction/sliding.ts",
      load: () => import('./prediction/sliding.ts').then((module) => module.sliding),
    },
  },
  statistic: {
    bootstrap: {
      family: "statistic",
      name: "bootstrap",
      summary: "Bootstrap interval of the mean difference to the baseline: bias-corrected and accelerated (BCa).",
      doc: "Bootstrap interval of the mean difference to the baseline: bias-corrected and accelerated (BCa). Pairs are of equal fold\nand seed. It is not corrected for being one of several.",
      tags: {
        "formula": "\\left[\\hat G^{-1}(\\alpha_1),\\ \\hat G^{-1}(\\alpha_2)\\right], \\qquad \\alpha_i = \\Phi\\left(z_0 + \\frac{z_0 + z_i}{1 - a (z_0 + z_i)}\\right)",
        "example": "bootstrap(confidence: 90%, over: runs)",
        "source": "Efron, Better bootstrap confidence intervals, JASA 82, 1987"
      },
      parameters: [
        {
          "name": "confidence",
          "type": {
            "kind": "number",
            "integer": false,
            "minimum": 0.5,
            "maximum": 0.9999
          },
          "doc": "How often intervals made like this one hold the true difference: `95%`.",
          "default": 0.95
        },
        {
          "name": "over",
          "type": {
            "kind": "choice",
            "values": [
              "cases",
              "runs"
            ]
          },
          "doc": "What is drawn: `cases`, each by its mean difference over the runs that are scored on it, or whole `runs`.",
          "default": "cases"
        },
        {
          "name": "resamples",
          "type": {
            "kind": "number",
            "integer": true,
            "minimum": 100,
            "maximum": 1000000
          },
          "doc": "Samples that are drawn.",
          "default": 10000
        },
        {
          "name": "seed",
          "type": {
            "kind": "number",
            "integer": true,
            "minimum": 0
          },
          "doc": "Of the random numbers: the same seed gives the same interval.",
          "default": 0
        }
      ],
      file: "runtime/statistics/bootstrap.ts",
      load: () => import('./statistics/bootstrap.ts').then((module) => module.bootstrap),
    },
    wilcoxon: {
      family: "statistic",
      name: "wilcoxon",
      summary: "Wilcoxon's signed-rank test: whether the differences to the baseline lie around 0, as a two-sided p-value.",
      doc: "Wilcoxon's signed-rank test: whether the differences to the baseline lie around 0, as a two-sided p-value. Pairs are of\nequal fold and seed. Exact for up to 50 pairs without ties and zeros, else the normal approximation with corrections\nfor ties and continuity. Over n pairs no p-value is below 2 / 2ⁿ.",
      tags: {
        "formula": "W^{+} = \\sum_{d_i > 0} \\operatorname{rank}|d_i|, \\qquad p = 2 \\min\\left(P(W \\le W^{+}),\\ P(W \\ge W^{+})\\right)",
        "example": "wilcoxon(over: runs, correction: none)",
        "source": "Wilcoxon, Individual comparisons by ranking methods, Biometrics Bulletin 1, 1945; Holm, A simple sequentially rejective multiple test procedure, Scandinavian Journal of Statistics 6, 1979"
      },
      parameters: [
        {
          "name": "over",
          "type": {
            "kind": "choice",
            "values": [
              "cases",
              "runs"
            ]
          },
          "doc": "What is ranked: the differences of `cases`, each the mean over the runs that are scored on it, or those of whole `runs`.",
          "default": "cases"
        },
        {
          "name": "correction",
          "type": {
            "kind": "choice",
            "values": [
              "holm",
              "none"
            ]
          },
          "doc": "Of the p-values, for being as many as the table has comparisons: `holm`, or `none`.",
          "default": "holm"
        },
        {
          "name": "zeros",
          "type": {
            "kind": "choice",
            "values": [
              "wilcoxon",
              "pratt"
            ]
          },
          "doc": "Differences of 0: left out before ranks are given (`wilcoxon`), or ranked and then left out (`pratt`).",
          "default": "wilcoxon"
        }
      ],
      file: "runtime/statistics/wilcoxon.ts",
      load: () => import('./statistics/wilcoxon.ts').then((module) => module.wilcoxon),
    },
  },
};
