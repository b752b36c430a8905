"""What Shopify shops need that others do not: tokens that expire, and installs that begin at Shopify."""
