;;; hjemmel.el --- Rules of law, checked while you write  -*- lexical-binding: t -*-

;; Emacs 28 (with eglot from ELPA) and newer (eglot is built in).
;;   (load "/path/to/hjemmel.el")
;; The program is `hjemmel-program', or `hjemmel' on `exec-path'.

;;; Code:

(require 'eglot)

(defgroup hjemmel nil "Rules of law." :group 'languages)

(defcustom hjemmel-program "hjemmel"
  "The program that knows the rules."
  :type 'file)

(defcustom hjemmel-language "da"
  "Language of messages."
  :type '(choice (const "da") (const "en")))

(defcustom hjemmel-rules nil
  "Folders with rules below the project's; none: the whole project is one rule set."
  :type '(repeat string))

(defconst hjemmel-declarations
  '("lov" "act" "data" "skøn" "assessment" "parameter" "begreb" "term" "pligt" "duty" "fritagelse" "exemption"
    "udsættelse" "suspension" "opdeling" "classification" "advarsel" "warning" "måling" "measure" "overgang"
    "transition" "eksempel" "example")
  "The words that begin a declaration.")

(defvar hjemmel-mode-syntax-table
  (let ((table (make-syntax-table)))
    (modify-syntax-entry ?# "<" table)
    (modify-syntax-entry ?\n ">" table)
    (modify-syntax-entry ?\" "\"" table)
    (modify-syntax-entry ?_ "w" table)
    table))

(defvar hjemmel-font-lock
  `(("^>.*$" 0 font-lock-doc-face t)
    (,(concat "^\\(" (regexp-opt hjemmel-declarations) "\\)\\_>[ \t]*\\(\\w+\\)?")
     (1 font-lock-keyword-face) (2 font-lock-function-name-face nil t))
    ("\\_<\\(?:hjemmel\\|basis\\)[ \t]+\\([^\"#\n]+\\)" 1 font-lock-constant-face)
    ("^[ \t]+\\(\\w+\\)" 1 font-lock-builtin-face)
    ("\\_<[0-9]+\\(?:[.,][0-9]+\\)?\\_>" . font-lock-constant-face))
  "Colours until a server with semantic tokens has better ones.")

;;;###autoload
(define-derived-mode hjemmel-mode prog-mode "Regel"
  "Major mode for files with rules."
  (setq-local comment-start "# ")
  (setq-local comment-start-skip "#+[ \t]*")
  (setq-local indent-tabs-mode nil)
  (setq-local tab-width 2)
  (setq-local require-final-newline t)
  (setq-local font-lock-defaults '(hjemmel-font-lock))
  (setq-local indent-line-function #'indent-relative))

;;;###autoload
(add-to-list 'auto-mode-alist '("\\.regel\\'" . hjemmel-mode))

(defun hjemmel-contact (&rest _)
  "How the server is started, and what it is told."
  (list hjemmel-program "lsp" :initializationOptions
        (append (list :language hjemmel-language)
                (and hjemmel-rules (list :rules (vconcat hjemmel-rules))))))

(add-to-list 'eglot-server-programs '(hjemmel-mode . hjemmel-contact))
(add-hook 'hjemmel-mode-hook #'eglot-ensure)

;; Eglot shows no code lenses: what came of an example also stands as a diagnostic, and in `eglot-code-actions'.

(provide 'hjemmel)
;;; hjemmel.el ends here
