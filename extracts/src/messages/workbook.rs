//! Problems of workbooks.
