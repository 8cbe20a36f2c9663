-- Hjemmel in Neovim, 0.7 and newer: put this file in ~/.config/nvim/plugin/.
-- The program: vim.g.hjemmel_program, or else `hjemmel` on PATH. Folders with rules: vim.g.hjemmel_rules = { 'rules' }.

local options = { language = vim.g.hjemmel_language or 'da', rules = vim.g.hjemmel_rules }

vim.api.nvim_create_autocmd({ 'BufRead', 'BufNewFile' }, {
  pattern = '*.regel',
  callback = function() vim.bo.filetype = 'regel' end,
})

vim.api.nvim_create_autocmd('FileType', {
  pattern = 'regel',
  callback = function(event)
    local bo = vim.bo[event.buf]
    bo.commentstring, bo.shiftwidth, bo.tabstop, bo.expandtab = '# %s', 2, 2, true
    local path = vim.api.nvim_buf_get_name(event.buf)
    -- The folder that git keeps, or else the file's own.
    local git = vim.fn.finddir('.git', vim.fn.fnamemodify(path, ':p:h') .. ';')
    local root = git ~= '' and vim.fn.fnamemodify(git, ':p:h:h') or vim.fn.fnamemodify(path, ':p:h')
    local config = {
      name = 'hjemmel',
      cmd = { vim.g.hjemmel_program or 'hjemmel', 'lsp' },
      root_dir = vim.g.hjemmel_root or root,
      init_options = options,
      -- Diagnostics come by themselves. Neovim 0.12 would ask for them, and then not again for other open files that an edit changes.
      before_init = function(params) params.capabilities.textDocument.diagnostic = nil end,
      workspace_folders = { { uri = vim.uri_from_fname(vim.g.hjemmel_root or root), name = 'regler' } },
    }
    if vim.lsp.start then
      vim.lsp.start(config, { bufnr = event.buf })
    else -- 0.7
      vim.g.hjemmel_client = vim.g.hjemmel_client or vim.lsp.start_client(config)
      vim.lsp.buf_attach_client(event.buf, vim.g.hjemmel_client)
    end
    if vim.lsp.inlay_hint then pcall(vim.lsp.inlay_hint.enable, true, { bufnr = event.buf }) end
    -- From 0.10 on the rest is Neovim's own: K hover, gd, grn rename, gra actions, gO outline.
    local function map(keys, action, what) vim.keymap.set('n', keys, action, { buffer = event.buf, desc = what }) end
    map('K', vim.lsp.buf.hover, 'Forklar')
    map('gd', vim.lsp.buf.definition, 'Gå til erklæringen')
    map('grr', vim.lsp.buf.references, 'Find brug')
    map('grn', vim.lsp.buf.rename, 'Omdøb')
    map('gra', vim.lsp.buf.code_action, 'Ret')
    map('grl', vim.lsp.codelens.refresh, 'Vis udfald')
  end,
})
