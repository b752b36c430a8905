"""Papers of goods on their way back: slip, address label, customs paper and a hub's manifest, each as PDF."""
