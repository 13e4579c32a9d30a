autocmd BufRead,BufNewFile *.dml set filetype=dml
