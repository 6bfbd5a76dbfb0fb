"""A replayed year: thousands of dossiers through every act, with the bells rung on time, and what must then hold."""
