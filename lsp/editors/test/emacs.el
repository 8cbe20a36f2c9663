;;; emacs.el --- Steps that a user of Emacs takes; the exit code says whether all went well  -*- lexical-binding: t -*-
(setq coding-system-for-read 'utf-8 coding-system-for-write 'utf-8 locale-coding-system 'utf-8)
(set-terminal-coding-system 'utf-8)
;; Debian 12 keeps eglot apart.
(unless (locate-library "eglot")
  (dolist (folder (file-expand-wildcards "/usr/share/emacs/site-lisp/elpa/*")) (when (file-directory-p folder) (push folder load-path))))
(load (pop command-line-args-left) nil t)
(require 'flymake)
(setq hjemmel-program (getenv "HJEMMEL")
      eglot-sync-connect 20 eglot-autoshutdown nil eglot-send-changes-idle-time 0.05 eglot-confirm-server-initiated-edits nil
      flymake-no-changes-timeout 0.05 inhibit-message t enable-local-variables nil
      project-find-functions (list (lambda (_) (cons 'transient (file-name-as-directory (getenv "WORKSPACE"))))))
(when (boundp 'eglot-confirm-server-edits) (setq eglot-confirm-server-edits nil))

(defvar steps 0)
(defvar failed 0)
(defmacro step (name &rest body)
  `(progn
     (setq steps (1+ steps))
     (condition-case problem
         (princ (format "ok     %s: %s\n" ,name (progn ,@body)))
       (error (setq failed (1+ failed)) (princ (format "FAILED %s: %s\n" ,name (error-message-string problem)))))))
(defun wait (what condition)
  "Let Emacs work until CONDITION holds."
  (let ((end (+ (float-time) 20)) value)
    (while (and (not (setq value (funcall condition))) (< (float-time) end)) (accept-process-output nil 0.01) (sit-for 0.005))
    (or value (error "Waited in vain for %s" what))))
(defun check (condition what) (unless condition (error "%s" what)))
(defun open (name) (switch-to-buffer (find-file-noselect (expand-file-name name (getenv "WORKSPACE")))))
(defun go (text &optional back)
  (goto-char (point-min)) (search-forward text) (backward-char (or back 1)))
(defun marked () (flymake-start) (flymake-diagnostics))
(defun server () (eglot-current-server))
(defun ask (method parameters) (jsonrpc-request (server) method parameters))
(defun text () (buffer-substring-no-properties (point-min) (point-max)))

(step "the server starts"
  (open "regler.regel")
  (check (eq major-mode 'hjemmel-mode) "not the mode")
  (unless (server) (call-interactively #'eglot))
  (wait "the server" #'server)
  (plist-get (eglot--server-info (server)) :name))

(step "a mistake is marked as it is typed"
  (go "når indsats" 0) (delete-char -7) (insert "indsast") (eglot--signal-textDocument/didChange)
  (wait "a diagnostic" #'marked)
  (let ((found (car (flymake-diagnostics))))
    (check (string-match-p "indsast" (buffer-substring-no-properties (flymake-diagnostic-beg found) (flymake-diagnostic-end found))) "another place")
    (flymake-diagnostic-text found)))

(step "a quick fix mends it"
  (let* ((found (car (flymake-diagnostics)))
         (actions (append (eglot-code-actions (flymake-diagnostic-beg found) (flymake-diagnostic-end found) "quickfix" nil) nil))
         (fix (car actions)))
    (check fix "no quick fix")
    (if (fboundp 'eglot-execute) (eglot-execute (server) fix) (eglot--apply-workspace-edit (plist-get fix :edit)))
    (eglot--signal-textDocument/didChange)
    (wait "the diagnostic to go" (lambda () (null (marked))))
    (check (string-match-p "når indsats\\.art er virksomhedspraktik" (text)) "not mended")
    (plist-get fix :title)))

(step "hover explains"
  (go "opfyldes af tilbud" 2)
  (let ((hover (ask :textDocument/hover (eglot--TextDocumentPositionParams))))
    (check hover "nothing")
    (let ((told (substring-no-properties (eglot--hover-info (plist-get hover :contents) (plist-get hover :range)))))
      (check (string-match-p "Et tilbud" told) told)
      (replace-regexp-in-string "\n+" " | " told))))

(step "go to the definition, in another file"
  (open "eksempler.regel")
  (unless (server) (call-interactively #'eglot))
  (wait "the server" #'server)
  (go "tilbudspligt" 3)
  (call-interactively #'xref-find-definitions)
  (check (string-suffix-p "regler.regel" (buffer-file-name)) (buffer-file-name))
  (check (string-prefix-p "pligt tilbudspligt" (buffer-substring-no-properties (line-beginning-position) (line-end-position))) "another line")
  (buffer-substring-no-properties (line-beginning-position) (line-end-position)))

(step "the outcome follows an edit of the limit"
  (open "regler.regel")
  (go "frist 6" 1) (delete-char 1) (insert "5") (eglot--signal-textDocument/didChange)
  (open "eksempler.regel")
  (let ((told (flymake-diagnostic-text (car (wait "the line that fails" #'marked)))))
    (open "regler.regel")
    (go "frist 5" 1) (delete-char 1) (insert "6") (eglot--signal-textDocument/didChange)
    (open "eksempler.regel")
    (wait "no diagnostic" (lambda () (null (marked))))
    told))

(step "rename, in every file"
  (open "eksempler.regel")
  (go "tilbudspligt" 3)
  (eglot-rename "pligt_til_tilbud")
  (check (not (string-match-p "tilbudspligt" (text))) "an old name is left")
  (open "regler.regel")
  (check (string-match-p "fra pligt_til_tilbud" (text)) "not in the other file")
  (dolist (buffer (buffer-list)) (with-current-buffer buffer (when (and (derived-mode-p 'hjemmel-mode) (server)) (eglot--signal-textDocument/didChange))))
  (wait "no diagnostic" (lambda () (null (marked))))
  "both files")

(step "completion knows the values"
  (go "når indsats.art er " 0) (delete-region (point) (line-end-position)) (eglot--signal-textDocument/didChange)
  (let* ((answer (ask :textDocument/completion (eglot--TextDocumentPositionParams)))
         (items (append (if (vectorp answer) answer (plist-get answer :items)) nil))
         (labels (mapcar (lambda (item) (plist-get item :label)) items)))
    (insert "virksomhedspraktik") (eglot--signal-textDocument/didChange)
    (check (member "virksomhedspraktik" labels) (format "%S" labels))
    (format "%d offered" (length labels))))

(step "formatting"
  (let ((before (text)))
    (go "frist 6" 1) (insert "    ") (eglot--signal-textDocument/didChange)
    (eglot-format-buffer)
    (check (equal before (text)) (text))
    "as before"))

(step "outline (imenu)"
  (let ((index (format "%S" (funcall imenu-create-index-function))))
    (check (string-match-p "målgruppe" index) index)
    (length index)))

(step "every declaration of the language is coloured"
  (open "eksempler.regel")
  (font-lock-ensure)
  (goto-char (point-min))
  (check (eq (get-text-property (point) 'face) 'font-lock-keyword-face) "not the first word")
  (format "%d words" (length hjemmel-declarations)))

(step "the server ends when Emacs asks"
  (eglot-shutdown (server))
  (check (null (server)) "it runs")
  "ended")

(princ (format "%d steps, %d failed\n" steps failed))
(kill-emacs (if (zerop failed) 0 1))
