-- Steps that a user of Neovim takes. One line for each on standard output; the exit code says whether all went well.
local steps, failed = 0, 0
local patience = 20000
vim.g.hjemmel_program = vim.env.HJEMMEL
vim.g.hjemmel_root = vim.env.WORKSPACE

local function step(name, run)
  local ok, got = pcall(run)
  steps = steps + 1
  if not ok then failed = failed + 1 end
  io.stdout:write(ok and 'ok     ' or 'FAILED ', name, ': ', type(got) == 'string' and got or vim.inspect(got), '\n')
end
local function wait(what, condition)
  assert(vim.wait(patience, condition, 5), 'waited in vain for ' .. what)
end
local function open(name)
  vim.cmd('edit ' .. vim.fn.fnameescape(vim.env.WORKSPACE .. '/' .. name))
end
local function client()
  local all = (vim.lsp.get_clients or vim.lsp.get_active_clients)()
  return all[1]
end
local function lines() return vim.api.nvim_buf_get_lines(0, 0, -1, false) end
-- Puts the cursor on the last word of the first `text` of the file, and tells the line's number.
local function go(text)
  for number, line in ipairs(lines()) do
    local at = line:find(text, 1, true)
    if at then
      local before = text:match('^(.*[ .])') or ''
      vim.api.nvim_win_set_cursor(0, { number, at - 1 + #before })
      return number
    end
  end
  error('no ' .. text)
end
local function ask(method, params)
  local answers = vim.lsp.buf_request_sync(0, method, params, patience)
  local answer = answers and answers[client().id]
  assert(answer, 'no answer to ' .. method)
  local problem = answer.err or answer.error
  assert(not problem, vim.inspect(problem))
  return answer.result
end
local function at() return vim.lsp.util.make_position_params(0, client().offset_encoding) end
local function document() return { uri = vim.uri_from_bufnr(0) } end

step('the server starts', function()
  open('regler.regel')
  assert(vim.bo.filetype == 'regel')
  wait('the server', function() return client() and client().initialized or client() and client().server_capabilities and next(client().server_capabilities) ~= nil end)
  return client().name .. ', ' .. client().offset_encoding
end)

step('a mistake is marked as it is typed', function()
  local number = go('når indsats.art')
  vim.api.nvim_buf_set_lines(0, number - 1, number, false, { '  når indsast.art er virksomhedspraktik' })
  wait('a diagnostic', function() return #vim.diagnostic.get(0) > 0 end)
  local found = vim.diagnostic.get(0)[1]
  assert(found.lnum == number - 1, 'on line ' .. found.lnum)
  assert(lines()[number]:sub(found.col + 1, found.end_col):find('indsast', 1, true), 'marks ' .. found.col .. ' to ' .. found.end_col)
  return found.message
end)

step('a quick fix mends it', function()
  local found = vim.diagnostic.get(0)[1]
  local encoding = client().offset_encoding
  local mark = function(line, column)
    local text = lines()[line + 1]
    return { line = line, character = encoding == 'utf-8' and column or vim.fn.strchars(text:sub(1, column)) }
  end
  local range = { start = mark(found.lnum, found.col), ['end'] = mark(found.end_lnum, found.end_col) }
  local told = found.user_data and found.user_data.lsp or {}
  local item = { range = range, message = found.message, severity = found.severity, code = found.code or told.code, source = found.source }
  local actions = ask('textDocument/codeAction', { textDocument = document(), range = range, context = { diagnostics = { item } } })
  local fix
  for _, action in ipairs(actions or {}) do
    if action.kind and vim.startswith(action.kind, 'quickfix') then fix = fix or action end
  end
  assert(fix, 'no quick fix')
  vim.lsp.util.apply_workspace_edit(fix.edit, encoding)
  wait('the diagnostic to go', function() return #vim.diagnostic.get(0) == 0 end)
  assert(table.concat(lines(), '\n'):find('når indsats.art er virksomhedspraktik', 1, true))
  return fix.title
end)

step('hover explains', function()
  go('opfyldes af tilbud')
  local hover = ask('textDocument/hover', at())
  assert(hover and hover.contents.value:find('Et tilbud', 1, true), vim.inspect(hover))
  return (hover.contents.value:gsub('\n+', ' | '):sub(1, 120))
end)

step('hover opens a window', function()
  vim.lsp.buf.hover()
  local shown
  wait('the window', function()
    for _, window in ipairs(vim.api.nvim_list_wins()) do
      if vim.api.nvim_win_get_config(window).relative ~= '' then shown = vim.api.nvim_buf_get_lines(vim.api.nvim_win_get_buf(window), 0, -1, false) end
    end
    return shown ~= nil
  end)
  return #shown .. ' lines'
end)

step('go to the definition, in another file', function()
  open('eksempler.regel')
  go('tilbudspligt')
  vim.lsp.buf.definition()
  wait('the other file', function() return vim.api.nvim_buf_get_name(0):find('regler.regel', 1, true) ~= nil end)
  local line = vim.api.nvim_get_current_line()
  assert(vim.startswith(line, 'pligt tilbudspligt'), line)
  return line
end)

step('a fix in another file', function()
  local number = go('når indsats.art')
  vim.api.nvim_buf_set_lines(0, number - 1, number, false, { '  når indsats.art er jobrotation' })
  wait('a diagnostic', function() return #vim.diagnostic.get(0) > 0 end)
  go('indsats.art er jobrotation')
  local place = at().position
  local actions = ask('textDocument/codeAction', { textDocument = document(), range = { start = place, ['end'] = place }, context = { diagnostics = {} } })
  local fix
  for _, action in ipairs(actions or {}) do
    if action.title:find('data.regel', 1, true) then fix = action end
  end
  assert(fix, 'no fix in the other file')
  vim.lsp.util.apply_workspace_edit(fix.edit, client().offset_encoding)
  wait('the diagnostic to go', function() return #vim.diagnostic.get(0) == 0 end)
  vim.api.nvim_buf_set_lines(0, number - 1, number, false, { '  når indsats.art er virksomhedspraktik' })
  wait('no diagnostic', function() return #vim.diagnostic.get(0) == 0 end)
  return fix.title
end)

step('the reasons of a result unfold', function()
  open('eksempler.regel')
  go('tilbudspligt er overskredet')
  vim.lsp.buf.outgoing_calls()
  local told
  wait('the reasons', function()
    told = table.concat(vim.tbl_map(function(it) return it.text end, vim.fn.getqflist()), ' | ')
    return told:find('✗ ikke fritaget: Barsel', 1, true)
  end)
  vim.cmd('cclose')
  open('regler.regel')
  return told:sub(1, 160)
end)

step('completion knows the values', function()
  local number = go('når indsats.art')
  local line = '  når indsats.art er '
  vim.api.nvim_buf_set_lines(0, number - 1, number, false, { line })
  vim.api.nvim_win_set_cursor(0, { number, #line })
  local params = at()
  params.position.character = client().offset_encoding == 'utf-8' and #line or vim.fn.strchars(line)
  local answer = ask('textDocument/completion', params)
  local labels = vim.tbl_map(function(item) return item.label end, answer.items or answer)
  assert(vim.tbl_contains(labels, 'virksomhedspraktik'), vim.inspect(labels))
  vim.api.nvim_buf_set_lines(0, number - 1, number, false, { line .. 'virksomhedspraktik' })
  wait('no diagnostic', function() return #vim.diagnostic.get(0) == 0 end)
  return #labels .. ' offered'
end)

step('the outcome follows an edit of the limit', function()
  local number = go('frist 6 måneder')
  vim.api.nvim_buf_set_lines(0, number - 1, number, false, { '  frist 5 måneder' })
  open('eksempler.regel')
  local titles
  wait('an example that fails', function()
    local lenses = ask('textDocument/codeLens', { textDocument = document() })
    titles = vim.tbl_map(function(lens) return lens.command.title end, lenses or {})
    return titles[1] and vim.startswith(titles[1], '✗')
  end)
  wait('its diagnostic', function() return #vim.diagnostic.get(0) > 0 end)
  open('regler.regel')
  vim.api.nvim_buf_set_lines(0, number - 1, number, false, { '  frist 6 måneder' })
  open('eksempler.regel')
  wait('no diagnostic', function() return #vim.diagnostic.get(0) == 0 end)
  return titles[1]
end)

step('rename, in every file', function()
  open('eksempler.regel')
  go('tilbudspligt')
  vim.lsp.buf.rename('pligt_til_tilbud')
  wait('the other file', function()
    for _, buffer in ipairs(vim.api.nvim_list_bufs()) do
      local text = table.concat(vim.api.nvim_buf_get_lines(buffer, 0, -1, false), '\n')
      if vim.api.nvim_buf_get_name(buffer):find('regler.regel', 1, true) and text:find('fra pligt_til_tilbud', 1, true) and text:find('pligt pligt_til_tilbud', 1, true) then return true end
    end
  end)
  local text = table.concat(lines(), '\n')
  assert(not text:find('tilbudspligt', 1, true), 'an old name is left')
  wait('no diagnostic', function() return #vim.diagnostic.get(0) == 0 end)
  return 'both files'
end)

step('references', function()
  open('regler.regel')
  go('pligt_til_tilbud')
  local params = at()
  params.context = { includeDeclaration = true }
  local found
  -- Neovim tells of the edits of other files a little later.
  wait('all 7 places', function()
    found = ask('textDocument/references', params)
    return #found == 7
  end)
  return #found .. ' places'
end)

step('formatting', function()
  local before = lines()
  local number = go('frist 6 måneder')
  vim.api.nvim_buf_set_lines(0, number - 1, number, false, { '  frist   6    måneder   ' })
  if vim.lsp.buf.format then vim.lsp.buf.format({ timeout_ms = patience }) else vim.lsp.buf.formatting_sync(nil, patience) end
  assert(vim.deep_equal(before, lines()), table.concat(lines(), '\n'))
  return 'as before'
end)

step('outline', function()
  local symbols = ask('textDocument/documentSymbol', { textDocument = document() })
  local function names(all)
    local out = {}
    for _, it in ipairs(all) do
      table.insert(out, it.name)
      vim.list_extend(out, names(it.children or {}))
    end
    return out
  end
  assert(table.concat(names(symbols), ' '):find('målgruppe', 1, true), vim.inspect(names(symbols)))
  return table.concat(names(symbols), ', ')
end)

if vim.lsp.semantic_tokens then
  step('semantic tokens', function()
    local count = 0
    wait('colours', function()
      vim.cmd('redraw')
      count = 0
      for _, space in pairs(vim.api.nvim_get_namespaces()) do
        for _, mark in ipairs(vim.api.nvim_buf_get_extmarks(0, space, 0, -1, { details = true })) do
          if type(mark[4].hl_group) == 'string' and mark[4].hl_group:match('^@lsp%.type') then count = count + 1 end
        end
      end
      return count > 0
    end)
    return count .. ' words'
  end)
end

step('the server ends when Neovim does', function()
  local it = client()
  vim.lsp.stop_client(it.id)
  wait('its end', function() return it.is_stopped() end)
  return 'ended'
end)

io.stdout:write(string.format('%d steps, %d failed\n', steps, failed))
vim.cmd(failed == 0 and 'qall!' or 'cquit!')
