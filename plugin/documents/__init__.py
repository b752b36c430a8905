"""What people read outside the pages: mail, later policy pages and PDFs, rendered from worded answers."""
