"""Mail transports, each behind `plugin.ports.mailer.Mailer`."""
