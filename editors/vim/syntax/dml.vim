" Written by scripts/docs.ts. Do not edit.
if exists('b:current_syntax')
  finish
endif

syntax case match
syntax iskeyword @,48-57,_

syntax keyword dmlKeyword dml as extends let of use vary
syntax keyword dmlWordOperator on at then in
syntax match dmlComponent /\<\%(accuracy\|ace\|adamw\|average\|bdice\|bootstrap\|boundary\|brier\|ce\|center\|constant\|contiguous\|convnet\|dice\|dml1\|dml2\|ece\|extreme\|flip\|flips\|focal\|folder\|harden\|holdout\|jaccard\|jml1\|jml2\|kde\|kl\|listed\|majority\|nll\|one\|phantom\|poly\|random\|scale\|sce\|sdl\|sdl_l2\|sgd\|shuffled\|sjl\|sliding\|smooth\|staple\|temperature\|tversky\|unet\|warmup\|wilcoxon\)\>/
syntax match dmlRoot /\<\%(distill\|labels\|mask\|raters\|teacher\)\>/
syntax match dmlConstant /\<\%(all\|auto\|balanced\|batch\|best\|bilinear\|black\|case\|cases\|class\|classes\|data\|deciles\|disputed\|either\|equal\|errors\|false\|fitted\|float32\|foreground\|gaussian\|grey\|holm\|horizontal\|image\|label\|last\|lower\|nearest\|none\|others\|pixels\|pratt\|predicted\|present\|proportional\|rest\|rgb\|runs\|same\|seed\|skip\|trained\|true\|truth\|undefined\|uniform\|upper\|value\|vertical\|weights\|white\|worst\)\>/
syntax match dmlUnit /\<\%(GB\|KB\|MB\|degree\|degrees\|epoch\|epochs\|hour\|hours\|minute\|minutes\|mm\|px\|second\|seconds\|step\|steps\)\>/
syntax keyword dmlBlock compare dataset experiment protocol sweep nextgroup=dmlName skipwhite
syntax match dmlName /\h\w*/ contained
" What is defined last wins: a name before a colon is an option or a field, whatever it is elsewhere.
syntax match dmlOption /\<\h\w*\ze\s*:/
syntax match dmlField /^\s*\zs\%(augment\|baseline\|batch\|checkpoint\|classes\|columns\|crop\|data\|evaluate\|except\|expect\|fold\|folds\|ignore\|labels\|loss\|metrics\|model\|optimizer\|precision\|predict\|rows\|schedule\|seed\|size\|source\|spacing\|start\|statistic\|teacher\|test\|train\|window\)\%(\.\h\w*\)*\ze\s*:/
syntax match dmlNumber /\<\d[0-9_]*\%(\.\d\+\)\?\%([eE][+-]\?\d\+\|[kM]\>\)\?%\?/
syntax match dmlNumber /\<\d\+\%( *x *\d\+\)\+\>/
syntax match dmlOperator /|>\|\.\.\|[-+*\/=<>]/
syntax region dmlText start=/"/ end=/"/ oneline
syntax match dmlIgnore /dml-ignore\s[^:]*/ contained
syntax match dmlComment /#.*/ contains=dmlIgnore,@Spell
syntax match dmlDoc /##.*/ contains=@Spell

highlight default link dmlBlock Structure
highlight default link dmlKeyword Keyword
highlight default link dmlWordOperator Operator
highlight default link dmlOperator Operator
highlight default link dmlName Type
highlight default link dmlField Identifier
highlight default link dmlOption Identifier
highlight default link dmlComponent Function
highlight default link dmlRoot Special
highlight default link dmlConstant Constant
highlight default link dmlUnit Type
highlight default link dmlNumber Number
highlight default link dmlText String
highlight default link dmlComment Comment
highlight default link dmlDoc SpecialComment
highlight default link dmlIgnore PreProc

let b:current_syntax = 'dml'
